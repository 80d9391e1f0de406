//! Whether this server's clock agrees with DingTalk's.

use plugin_api::{Finding, Severity};
use ui_schema::Text;

use crate::explain;

/// How far the clocks may be apart, in seconds.
const TOLERANCE_S: u64 = 60;

/// Compares the `date` of an answer with our own time; `None` when the date cannot be read.
pub(super) fn compared(date: &str, now_ms: u64) -> Option<Finding> {
    let off = (now_ms / 1000).abs_diff(seconds(date)?);
    if off <= TOLERANCE_S {
        let message = Text::new("This server's clock agrees with DingTalk's.", "本服务器的时钟与钉钉一致。");
        return Some(Finding::new("clock", Severity::Good, message));
    }
    let message = Text::new(
        format!("This server's clock is {off} seconds off DingTalk's."),
        format!("本服务器的时钟与钉钉相差 {off} 秒。"),
    );
    let remedy = (
        "Let this server's clock be set by a time server: sign-ins and sessions end too early or too late.",
        "请为本服务器启用时间同步，否则登录和会话会过早或过晚失效。",
    );
    Some(Finding::new("clock", Severity::Warning, message).remedy(explain::text(remedy)))
}

/// Seconds since 1970 of a date as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
fn seconds(date: &str) -> Option<u64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, date) = date.split_once(", ")?;
    let [day, month, year, time, "GMT"] = date.split(' ').collect::<Vec<_>>()[..] else { return None };
    let month = MONTHS.find(month).filter(|at| month.len() == 3 && at % 3 == 0)? as u64 / 3;
    let [hour, minute, second] = time.split(':').map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?[..]
    else {
        return None;
    };
    let days = days(year.parse().ok()?, month, day.parse().ok()?)?;
    (hour < 24 && minute < 60 && second <= 60).then_some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// Days since 1970 of a day in the Gregorian calendar, with months from 0. The year is counted from March, so that the
/// leap day is its last.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1970..=9999).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month < 2 { (year - 1, month + 10) } else { (year, month - 2) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    days.checked_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn reads_dates_of_http() {
        for (date, expected) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Thu, 29 Feb 2024 23:59:59 GMT", Some(1_709_251_199)),
            ("Fri, 01 Mar 2024 00:00:00 GMT", Some(1_709_251_200)),
            ("Thu, 01 Jan 2026 00:00:00 GMT", Some(1_767_225_600)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", None),
            ("Sun, 06 anF 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49 GMT", None),
            ("Sun, 06 Nov 1994 24:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("Sun, 06 Nov 1960 08:49:37 GMT", None),
            ("", None),
        ] {
            assert_eq!(seconds(date), expected, "{date}");
        }
    }
}
