//! The codes that mean something to a sign-in.

use plugin_api::FaultKind;

/// The kind of fault that `code` stands for, or `None` for a code that only its status explains
/// (pages `server-api-error-codes-1`, `how-to-process-api-throttling-on-the-dingtalk-server`).
///
/// The order matters: a code of the frequency limits also begins with `Forbidden.AccessDenied.`, and read as a missing
/// permission it would send the administrator to the wrong page of the console.
pub(super) fn kind(code: &str) -> Option<FaultKind> {
    if ["QpsLimit", "QpmLimit", "ApiCountLimit"].iter().any(|mark| code.contains(mark)) {
        return Some(FaultKind::Busy);
    }
    if code.contains("IpNotInWhiteList") {
        return Some(FaultKind::AddressNotAllowed);
    }
    if code.starts_with("Forbidden.AccessDenied") {
        return Some(FaultKind::PermissionMissing);
    }
    newer(code).or_else(|| older(code))
}

/// Codes of the newer family that are looked up as a whole.
fn newer(code: &str) -> Option<FaultKind> {
    match code {
        "invalidParameter.authCode.notFound" => Some(FaultKind::CodeRejected),
        "invalidClientIdOrSecret" => Some(FaultKind::CredentialsRejected),
        "system.busy" => Some(FaultKind::Busy),
        _ => None,
    }
}

/// Codes of the older family, from `errcode` or, inside errcode 88, `sub_code`.
fn older(code: &str) -> Option<FaultKind> {
    match code {
        // Busy; the limit of all customers together; the limit of the application; the month's allowance.
        "-1" | "90002" | "90018" | "90020" => Some(FaultKind::Busy),
        // The gateway got no answer from the service behind it: errcode 15, or errcode 88 without a `sub_code`.
        "15" | "88" => Some(FaultKind::Unavailable),
        "40078" => Some(FaultKind::CodeRejected),
        "40089" | "40096" => Some(FaultKind::CredentialsRejected),
        // Not authorised; outside the application's range of contacts (people, departments); permission not granted.
        "43007" | "50002" | "50004" | "60011" => Some(FaultKind::PermissionMissing),
        "60020" => Some(FaultKind::AddressNotAllowed),
        // Not in the organisation; in the client: not there either, or not among those who may use the application.
        "60121" | "40079" => Some(FaultKind::NotAMember),
        _ => None,
    }
}
