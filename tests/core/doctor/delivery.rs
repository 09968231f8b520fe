//! Carriers' reports: the last messages to a number, and the reasons behind failures.

use connector_tencent_sms_wasm::text::{Id, Text, id};

use super::*;

/// A report with an age in seconds, as `PullSmsSendStatusByPhoneNumber` answers it.
fn message(age: u64, serial_no: &str, description: &str) -> Value {
    let status = if description == "DELIVRD" {
        "SUCCESS"
    } else {
        "FAIL"
    };
    let mut message = report(status, description);
    message["SerialNo"] = serial_no.into();
    message["UserReceiveTime"] = json!(1_718_438_950 - age);
    message
}

fn shown(messages: &[Value]) -> Ran {
    let ran = shown_of(&config(), NUMBER, |_| reports(messages));
    assert_presentable(&ran.report);
    ran
}

/// The state and the SerialNo of each shown message.
fn messages(ran: &Ran) -> Vec<(State, String)> {
    let findings = ran.report.findings.iter();
    findings
        .filter(|finding| finding.check == Check::Delivery)
        .map(|finding| {
            let text = finding.what.to_string();
            let serial_no = text.split("SerialNo ").nth(1).unwrap();
            (
                finding.state,
                serial_no.split(':').next().unwrap().to_owned(),
            )
        })
        .collect()
}

#[test]
fn the_last_messages_of_seven_days_are_pulled_once_and_nothing_is_sent() {
    let ran = shown(&[message(60, "a", "DELIVRD")]);
    let [pull] = &ran.asked[..] else {
        panic!("{:?}", ran.asked);
    };
    assert!(pull.is("PullSmsSendStatusByPhoneNumber"));
    assert_eq!(pull.body["PhoneNumber"], NUMBER);
    assert_eq!(pull.body["SmsSdkAppId"], "1400006666");
    let age = |key: &str| 1_718_438_950 - pull.body[key].as_u64().unwrap();
    assert_eq!(age("EndTime"), 0);
    let a_day = 24 * 60 * 60;
    assert!((6 * a_day..7 * a_day).contains(&age("BeginTime")));
    assert_eq!(ran.waited_ms, 0.0);
    assert_eq!(ran.finding(Check::Number).side, Some("mainland"));
}

#[test]
fn a_message_is_shown_with_its_time_in_beijing_its_serial_no_and_its_outcome() {
    let ran = shown(&[message(10, "2028:1", "DELIVRD")]);
    let finding = ran.finding(Check::Delivery);
    assert_eq!(finding.state, State::Ok);
    // `TZ=Asia/Shanghai date -d @1718438940 '+%F %T'`
    let expected = Text::new(id::DELIVERY_MESSAGE)
        .with("time", &"2024-06-15 16:09:00")
        .with("serial", &"2028:1")
        .with_text("outcome", Text::new(id::DELIVERY_OK));
    assert_eq!(finding.what, expected);
    assert_eq!(finding.side, Some("mainland"));

    let mut without_time = message(10, "2028:1", "DELIVRD");
    for time in [json!(0), json!(null), json!("")] {
        without_time["UserReceiveTime"] = time;
        let ran = shown(&[without_time.clone()]);
        let what = &ran.finding(Check::Delivery).what;
        assert_eq!(what.id(), id::DELIVERY_MESSAGE_WITHOUT_TIME);
    }
}

#[test]
fn the_ten_newest_messages_are_shown_with_the_newest_first() {
    let mut all: Vec<_> = (0..20)
        // 7 and 20 have no common divisor, so each age occurs once.
        .map(|index| message(index * 7 % 20, &format!("s{}", index * 7 % 20), "DELIVRD"))
        .collect();
    let shown_serials = |all: &[Value]| {
        let shown = messages(&shown(all)).into_iter();
        shown.map(|(_, serial_no)| serial_no).collect::<Vec<_>>()
    };
    let expected: Vec<_> = (0..10).map(|age| format!("s{age}")).collect();
    assert_eq!(shown_serials(&all), expected);
    // A report without a time may be about the newest message.
    all[13]["UserReceiveTime"] = json!(0);
    all[13]["SerialNo"] = "no time".into();
    assert_eq!(shown_serials(&all)[..2], ["no time", "s0"]);
}

#[test]
fn a_failure_is_an_error_unless_a_later_message_was_delivered() {
    use State::{Ok, Warning, Wrong};
    for (newest_first, states) in [
        (vec!["UNDELIV"], vec![Wrong]),
        (vec!["UNDELIV", "UNDELIV"], vec![Wrong, Wrong]),
        (
            vec!["UNDELIV", "DELIVRD", "UNDELIV"],
            vec![Wrong, Ok, Warning],
        ),
        (
            vec!["DELIVRD", "UNDELIV", "UNDELIV"],
            vec![Ok, Warning, Warning],
        ),
    ] {
        let all: Vec<_> = (0..)
            .zip(&newest_first)
            .map(|(age, description)| message(age, &age.to_string(), description))
            .collect();
        let ran = shown(&all);
        let shown: Vec<_> = messages(&ran).into_iter().map(|(state, _)| state).collect();
        assert_eq!(shown, states, "{newest_first:?}");
        // The advice is that of the newest failure, once.
        let advised = ran
            .report
            .findings
            .iter()
            .filter(|each| each.advice.is_some());
        assert_eq!(advised.count(), 1);
    }
}

#[test]
fn a_number_without_reports_is_unknown() {
    let ran = shown(&[]);
    let finding = ran.finding(Check::Delivery);
    assert_eq!(finding.state, State::Unknown);
    let why = Text::new(id::DELIVERY_NONE);
    assert_eq!(finding.what, Text::new(id::UNKNOWN).with_text("why", why));
    assert_eq!(finding.advice, Some(Text::new(id::DELIVERY_NONE_DO)));
    assert!(!ran.report.is_wrong());
}

#[test]
fn reports_that_cannot_be_pulled_are_unknown() {
    for answer in [
        refused("AuthFailure.UnauthorizedOperation"),
        answered_on(NOW_AS_DATE, "<html>".to_owned()),
        failed("ECONNREFUSED", 0),
    ] {
        let ran = shown_of(&config(), NUMBER, |_| answer.clone());
        assert_eq!(ran.finding(Check::Delivery).state, State::Unknown);
        assert!(ran.asked.len() <= 3);
        assert_presentable(&ran.report);
    }
}

#[test]
fn the_account_of_the_numbers_side_is_asked() {
    let config = with(&json!({ "overseas": { "sdkAppId": "2400006666" } }));
    let ran = shown_of(&config, "+85291234567", |_| reports(&[]));
    assert_eq!(ran.asked[0].body["SmsSdkAppId"], "2400006666");
    assert_eq!(ran.finding(Check::Number).side, Some("overseas"));
}

#[test]
fn a_bare_mainland_number_is_explained() {
    let ran = shown_of(&config(), "138 1234 5678", |_| reports(&[]));
    let finding = ran.finding(Check::Number);
    assert_eq!(finding.state, State::Warning);
    assert_eq!(finding.what.id(), id::FINDING_NUMBER_BARE);
    assert_eq!(finding.advice, Some(Text::new(id::FINDING_NUMBER_BARE_DO)));
    assert_eq!(ran.asked[0].body["PhoneNumber"], "+13812345678");

    let bare = with(&json!({ "bareNumbersAreMainland": true }));
    let ran = shown_of(&bare, "13812345678", |_| reports(&[]));
    assert_eq!(ran.finding(Check::Number).state, State::Ok);
    assert_eq!(ran.asked[0].body["PhoneNumber"], NUMBER);
}

#[test]
fn a_text_that_is_no_number_is_wrong_and_nothing_is_asked() {
    for number in ["", "abc", "+86", "+86 1381234567812345678"] {
        let ran = shown_of(&config(), number, |_| panic!("something is asked"));
        let finding = ran.finding(Check::Number);
        assert_eq!(finding.state, State::Wrong);
        assert_eq!(finding.what.id(), id::FINDING_NUMBER_INVALID);
    }
}

#[test]
fn an_invalid_config_has_its_issues_instead_of_messages() {
    let ran = shown_of(&json!({}), NUMBER, |_| panic!("something is asked"));
    assert!(!ran.report.can_send);
    assert!(
        ran.report
            .findings
            .iter()
            .all(|each| each.check == Check::Config)
    );
}

/// The reasons are those of Tencent's tables (382/59177 and 382/35462).
#[test]
fn the_usual_reason_behind_a_code_is_named() {
    for (code, reason) in [
        // Overseas.
        ("UNDELIV", id::DELIVERY_UNREACHABLE),
        ("EXPIRED", id::DELIVERY_UNREACHABLE),
        ("DELETED", id::DELIVERY_UNREACHABLE),
        ("REJECTD", id::DELIVERY_CONTENT),
        ("SUBFAIL", id::DELIVERY_NO_SUCH_NUMBER),
        ("COMFAIL", id::DELIVERY_CARRIER),
        ("WTNFAIL", id::DELIVERY_CARRIER),
        // All carriers of the mainland.
        ("UNDELIVRD", id::DELIVERY_UNREACHABLE),
        ("MX:0003", id::DELIVERY_TOO_FREQUENT),
        ("MX:0012", id::DELIVERY_BLOCKED),
        ("BWLIST _006", id::DELIVERY_BLOCKED),
        ("TE:0014", id::DELIVERY_CONTENT),
        ("TE:0002", id::DELIVERY_CARRIER),
        ("-106", id::DELIVERY_CONTENT),
        ("002", id::DELIVERY_UNREACHABLE),
        // China Mobile.
        ("MK:0001", id::DELIVERY_NO_SUCH_NUMBER),
        ("MK:0012", id::DELIVERY_NO_SUCH_NUMBER),
        ("MK:0004", id::DELIVERY_UNREACHABLE),
        ("MK:0017", id::DELIVERY_UNREACHABLE),
        ("MN:0059", id::DELIVERY_UNREACHABLE),
        ("MI:0024", id::DELIVERY_UNREACHABLE),
        ("MC:0055", id::DELIVERY_UNREACHABLE),
        ("IC:0001", id::DELIVERY_CARRIER),
        ("IB:0008", id::DELIVERY_CARRIER),
        ("CB:0001", id::DELIVERY_NO_SUCH_NUMBER),
        ("CB:0018", id::DELIVERY_CARRIER),
        ("DB:0102", id::DELIVERY_UNREACHABLE),
        ("DB:0107", id::DELIVERY_CARRIER),
        ("DB:0141", id::DELIVERY_BLOCKED),
        ("DB:0144", id::DELIVERY_BLOCKED),
        ("MB:1077", id::DELIVERY_BLOCKED),
        ("MA:0001", id::DELIVERY_CARRIER),
        // China Unicom.
        ("1", id::DELIVERY_NO_SUCH_NUMBER),
        ("5", id::DELIVERY_UNREACHABLE),
        ("69", id::DELIVERY_BLOCKED),
        // China Telecom.
        ("UNDELIV_601", id::DELIVERY_UNREACHABLE),
        ("EXPIRED_640", id::DELIVERY_UNREACHABLE),
        ("REJECTD_006", id::DELIVERY_CONTENT),
        // Descriptions.
        (" UNDELIV ", id::DELIVERY_UNREACHABLE),
        ("号码在退订黑名单中", id::DELIVERY_BLOCKED),
        ("号码当天条数超过上限", id::DELIVERY_TOO_FREQUENT),
        ("空号", id::DELIVERY_NO_SUCH_NUMBER),
        (
            "关机/停机/无法接通手机/不在服务区",
            id::DELIVERY_UNREACHABLE,
        ),
        ("运营商关键字拦截", id::DELIVERY_CONTENT),
    ] {
        let expected = Text::new(id::DELIVERY_FAILED)
            .with_text("reason", Text::new(reason))
            .with("code", &code);
        assert_eq!(outcome(code), expected);
    }
}

#[test]
fn a_code_without_a_known_meaning_is_shown_as_it_is() {
    for code in ["", "UNKNOWN", "ZZ:0001", "11", "0002", "undeliv", "1 5"] {
        let expected = Text::new(id::DELIVERY_FAILED_UNEXPLAINED).with("code", &code);
        assert_eq!(outcome(code), expected);
    }
}

/// The phone number is the only long row of digits in a report.
#[test]
fn a_number_in_a_description_is_cut_off() {
    let expected = Text::new(id::DELIVERY_FAILED_UNEXPLAINED).with("code", &"+861381… 123456 a");
    assert_eq!(outcome("+8613812345678 123456 a"), expected);
}

fn outcome(description: &str) -> Text {
    let mut failed = report("FAIL", description);
    failed["SerialNo"] = SERIAL_NO.into();
    let ran = delivery(|_| reports(&[failed.clone()]));
    ran.finding(Check::Delivery).what.clone()
}

#[test]
fn each_reason_has_advice_of_its_own_and_what_the_support_asks_for() {
    let advice_for = |code: &str| {
        let ran = delivery(|_| reports(&[report("FAIL", code)]));
        ran.finding(Check::Delivery).advice.clone().unwrap()
    };
    let advised =
        |advice: Id| Text::new(id::DELIVERY_FAILED_DO).with_text("advice", Text::new(advice));
    for (code, advice) in [
        ("UNDELIV", id::DELIVERY_UNREACHABLE_DO),
        ("SUBFAIL", id::DELIVERY_NO_SUCH_NUMBER_DO),
        ("REJECTD", id::DELIVERY_CONTENT_DO),
        ("DB:0144", id::DELIVERY_BLOCKED_DO),
        ("MX:0003", id::DELIVERY_TOO_FREQUENT_DO),
        ("COMFAIL", id::DELIVERY_CARRIER_DO),
        ("UNKNOWN", id::DELIVERY_UNEXPLAINED_DO),
    ] {
        assert_eq!(advice_for(code), advised(advice), "{code}");
    }
    let text = advice_for("UNDELIV").to_string();
    for word in ["SerialNo", "time", "SDKAppID", "number"] {
        assert!(text.contains(word), "{text}");
    }
}
