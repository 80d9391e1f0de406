//! Members of every kind: which number counts, and who is refused although they are members (rows ID-3, ID-4).

use dingtalk_simulator::Permission;
use gatehouse_tests::{CLIENT_ID, CORP_ID};

use super::rows;
use super::stage::{End, NEW, Wrong};
use crate::refusals::told::*;

rows! {
    a_member: Page "lin", NEW, "user-token profile app-token member staff", "", Wrong::Late(|_| ());
    /// The organisation's number is enough; the personal one need not be shared.
    personal_number_not_shared: Page "lin", NEW, "user-token profile app-token member staff", "",
        Wrong::Late(|sim| sim.set_permissions(CLIENT_ID, [
            Permission::ContactUserRead, Permission::Base, Permission::GetMember, Permission::StaffMobile,
        ]).unwrap());
    /// The personal number is enough; the directory's need not be shared.
    directory_number_not_shared: Page "lin", NEW, "user-token profile app-token member staff", "",
        Wrong::Late(|sim| sim.set_permissions(CLIENT_ID, [
            Permission::ContactUserRead, Permission::ContactUserMobile, Permission::Base, Permission::GetMember,
        ]).unwrap());
    no_number_shared: Page "lin", End::Told(&NO_PHONE), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| sim.set_permissions(CLIENT_ID, [
            Permission::ContactUserRead, Permission::Base, Permission::GetMember,
        ]).unwrap());
    foreign_number: Page "amy", NEW, "user-token profile app-token member staff", "", Wrong::Late(|_| ());
    no_number_anywhere: Page "silent", End::Told(&NO_PHONE), "user-token profile app-token member staff migration", "",
        Wrong::Late(|_| ());
    masked_in_the_directory: Page "staff-masked", NEW, "user-token profile app-token member staff", "",
        Wrong::Late(|_| ());
    masked_at_the_person: Page "account-masked", NEW, "user-token profile app-token member staff", "",
        Wrong::Late(|_| ());
    masked_everywhere: Page "lin", End::Told(&PHONE_UNUSABLE), "user-token profile app-token member staff", "",
        Wrong::Late(|sim| {
            sim.update_person("lin", |lin| {
                let masked = dingtalk_simulator::Phone { number: "139****0001".into(), state_code: Some("86".into()) };
                lin.memberships.get_mut(CORP_ID).unwrap().staff_phone = Some(masked.clone());
                lin.phone = Some(masked);
            }).unwrap();
        });
    /// A personal account that calls itself a visitor's is nobody's member.
    visitor: Page "lin", End::Told(&NOT_A_MEMBER), "user-token profile", "",
        Wrong::Late(|sim| sim.update_person("lin", |lin| lin.visitor = true).unwrap());
    enterprise_account: Page "migrated", NEW, "user-token profile app-token member staff migration", "",
        Wrong::Late(|_| ());
}
