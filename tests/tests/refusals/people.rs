//! The provider knows the person, and still there is no account for them (rows ID-1 to ID-10).

use dingtalk_simulator::{Endpoint, Fault};
use gatehouse_tests::{CLIENT_ID, Reply};

use super::rows;
use super::stage::Stage;
use super::told::*;

/// How the number of 林小满 is entered.
const LIN: &str = "+8613900000001";

rows! {
    /// ID-3: two accounts without a number are no match for somebody without a number.
    no_phone: NO_PHONE, (1, 1), async |stage: &mut Stage| {
        stage.world.add_user("one", "", &["member"]).await;
        stage.world.add_user("two", "", &["member"]).await;
        stage.sign_in("silent").await
    };
    masked_phone: PHONE_UNUSABLE, (1, 1), async |stage: &mut Stage| { stage.sign_in("hidden").await };
    vendor_masks_phones: PHONE_UNUSABLE, (1, 1), async |stage: &mut Stage| {
        stage.world.simulator.update_app(CLIENT_ID, |app| app.masks_mobile = true).unwrap();
        stage.sign_in("lin").await
    };
    /// ID-6: nobody is created where sign-up is off.
    sign_up_off: SIGN_UP_OFF, (1, 1), async |stage: &mut Stage| {
        no_sign_up(stage).await;
        stage.sign_in("lin").await
    };
    /// ID-3: the same digits in another country are another person.
    same_digits_in_another_country: SIGN_UP_OFF, (1, 1), async |stage: &mut Stage| {
        no_sign_up(stage).await;
        stage.world.add_user("lin", LIN, &["member"]).await;
        stage.sign_in("twin").await
    };
    /// ID-3.
    ambiguous_phone: PHONE_AMBIGUOUS, (1, 1), async |stage: &mut Stage| {
        stage.world.add_user("one", LIN, &["member"]).await;
        stage.world.add_user("two", "0086 139-0000-0001", &["member"]).await;
        stage.sign_in("lin").await
    };
    /// ID-5.
    administrator_by_phone: PRIVILEGED, (1, 1), async |stage: &mut Stage| {
        stage.world.add_user("boss", LIN, &["admin", "member"]).await;
        stage.sign_in("lin").await
    };
    /// ID-4: the number was handed on.
    recycled_number: PHONE_TAKEN, (1, 1), async |stage: &mut Stage| {
        stage.signed_in_before("lin").await;
        stage.sign_in("heir").await
    };
    /// ID-10.
    disabled_by_link: DISABLED, (1, 1), async |stage: &mut Stage| {
        let id = stage.world.add_user("lin", LIN, &["member"]).await;
        stage.signed_in_before("lin").await;
        stage.world.disable_user(&id).await;
        stage.sign_in("lin").await
    };
    disabled_by_phone: DISABLED, (1, 1), async |stage: &mut Stage| {
        let id = stage.world.add_user("lin", LIN, &["member"]).await;
        stage.world.disable_user(&id).await;
        stage.sign_in("lin").await
    };
    disabled_meanwhile_by_link: DISABLED, (1, 1), async |stage: &mut Stage| {
        let id = stage.world.add_user("lin", LIN, &["member"]).await;
        stage.signed_in_before("lin").await;
        disabled_meanwhile(stage, &id).await
    };
    disabled_meanwhile_by_phone: DISABLED, (1, 1), async |stage: &mut Stage| {
        let id = stage.world.add_user("lin", LIN, &["member"]).await;
        disabled_meanwhile(stage, &id).await
    };
    visitor: NOT_A_MEMBER, (1, 1), async |stage: &mut Stage| {
        stage.world.simulator.update_person("lin", |person| person.visitor = true).unwrap();
        stage.sign_in("lin").await
    };
}

async fn no_sign_up(stage: &mut Stage) {
    let form = [("settings.sign_up", "off"), ("settings.client_secret", "")];
    assert_eq!(stage.world.change_authenticator("dingtalk", &form).await.status, 303);
}

/// 林小满 signs in, and is locked out while the provider thinks.
async fn disabled_meanwhile(stage: &mut Stage, id: &str) -> Reply {
    stage.world.simulator.fault(Endpoint::ContactUser, Fault::always().barrier("profile"));
    let address = stage.go("lin").await;
    let (barrier, mut browser) = (stage.world.simulator.barrier("profile"), stage.browser.clone());
    let back = tokio::spawn(async move { browser.get(address.as_str()).await });
    assert!(barrier.wait_for(1).await);
    stage.world.disable_user(id).await;
    stage.mark_rows().await;
    barrier.release();
    back.await.unwrap()
}
