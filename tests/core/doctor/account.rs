//! The checks of an account: its clock, key, application and packages.

use connector_tencent_sms_wasm::text::{Id, Text, id};

use super::found::{found, ok, warning, wrong};
use super::*;

/// Examines an account whose answers are all right, except for those to one action.
fn with_answer_to(action: &str, answer: impl Fn(&Asked) -> Event) -> Ran {
    examined(&config(), |asked| {
        if asked.is(action) {
            answer(asked)
        } else {
            well(asked)
        }
    })
}

#[test]
fn the_clock_is_judged_by_the_first_answers_date() {
    // An answer is complete a tenth of a second after its question.
    let clock_off_by = |offset: f64| {
        let ran = examined(&config(), |asked| match well(asked) {
            Event::Answered { body, .. } => Event::Answered {
                action: String::new(),
                received_at: NOW,
                status: 200,
                date: Some(NOW + 100.0 + offset),
                body,
                departures: 1,
            },
            event => event,
        });
        let finding = ran.finding(Check::Clock);
        (finding.state, finding.what.clone())
    };
    let right = (State::Ok, Text::new(id::FINDING_CLOCK_OK));
    for offset in [0.0, 59_999.0, -59_999.0] {
        assert_eq!(clock_off_by(offset), right, "{offset}");
    }
    let minutes = |id, minutes: u64| Text::new(id).with("minutes", &minutes);
    for (offset, state, count) in [
        (60_000.0, State::Warning, 1),
        (89_999.0, State::Warning, 1),
        (90_000.0, State::Warning, 2),
        (299_999.0, State::Warning, 5),
        (300_000.0, State::Wrong, 5),
        (86_400_000.0, State::Wrong, 1440),
    ] {
        let slow = (state, minutes(id::FINDING_CLOCK_SLOW, count));
        assert_eq!(clock_off_by(offset), slow, "{offset}");
        let fast = (state, minutes(id::FINDING_CLOCK_FAST, count));
        assert_eq!(clock_off_by(-offset), fast, "{offset}");
    }
}

#[test]
fn an_account_whose_first_answer_has_no_date_leaves_the_clock_unknown() {
    let ran = examined(&config(), |asked| {
        answered_on(
            "no date",
            json!({ "Response": in_order(asked) }).to_string(),
        )
    });
    let unknown = Text::new(id::UNKNOWN).with_text("why", Text::new(id::FINDING_CLOCK_NO_DATE));
    assert_eq!(ran.finding(Check::Clock).what, unknown);
}

#[test]
fn an_endpoint_that_answers_is_right_without_a_place_to_fix() {
    let ran = examined(&config(), well);
    assert_eq!(found(&ran.report, Check::Api), [ok(id::FINDING_API_OK, "")]);
}

#[test]
fn an_answer_of_another_shape_is_reported_with_its_status() {
    let ran = with_answer_to("SendStatusStatistics", |_| Event::Answered {
        action: String::new(),
        received_at: NOW,
        status: 502,
        date: None,
        body: json!({ "Response": {} }).to_string(),
        departures: 1,
    });
    let why = Text::new(id::UNKNOWN_UNCLEAR)
        .with("action", &"SendStatusStatistics")
        .with("status", &502)
        .with_text("problem", Text::new(id::ANSWER_OTHER_SHAPE));
    let unknown = Text::new(id::UNKNOWN).with_text("why", why);
    assert_eq!(ran.finding(Check::Application).what, unknown);
}

/// Values from GNU date: `TZ=Asia/Shanghai date -d @SECONDS +%Y%m%d%H`.
#[test]
fn statistics_are_of_the_last_day_and_packages_of_the_last_three_years() {
    let ran = examined(&config(), well);
    let hours = |action: &str| {
        let asked = ran.asked.iter().find(|asked| asked.is(action)).unwrap();
        [
            asked.body["BeginTime"].clone(),
            asked.body["EndTime"].clone(),
        ]
    };
    assert_eq!(hours("SendStatusStatistics"), ["2024061416", "2024061516"]);
    // Tencent rejects the current hour here.
    assert_eq!(hours("SmsPackagesStatistics"), ["2021061616", "2024061515"]);
}

#[test]
fn the_statistics_count_the_messages_that_were_accepted() {
    let ran = examined(&config(), well);
    let finding = ran.finding(Check::Application);
    let expected = Text::new(id::FINDING_APPLICATION_OK)
        .with_text("id", Text::new(id::PLAIN).with("text", &"1400006666"))
        .with("count", &2);
    assert_eq!(finding.what, expected);
}

#[test]
fn numbers_that_tencent_interprets_in_another_way_are_a_warning() {
    let odd = || warning(id::FINDING_NUMBER_ODD, "");
    for (key, value) in [("Code", "Other"), ("PhoneNumber", "+8613800138001")] {
        for index in [0, 1] {
            let ran = with_answer_to("DescribePhoneNumberInfo", |asked| {
                let mut answer = in_order(asked);
                answer["PhoneNumberInfoSet"][index][key] = value.into();
                response(&answer)
            });
            assert_eq!(found(&ran.report, Check::Number), [odd()]);
            assert_eq!(ran.finding(Check::Key).state, State::Ok);
        }
    }
    let ran = examined(&config(), well);
    assert_eq!(found(&ran.report, Check::Number), []);
}

#[test]
fn a_refused_key_is_wrong_at_the_place_that_decides_it() {
    let refused_with = |code: &str, config: &Value| {
        let ran = examined(config, |_| refused(code));
        found(&ran.report, Check::Key)
    };
    let own_key = json!({ "overseas": {
        "accessKeyId": "AKIDOTHER", "accessKeySecret": "other", "sdkAppId": "2400006666"
    } });
    for (code, path) in [
        ("AuthFailure.SecretIdNotFound", " accessKeyId"),
        ("AuthFailure.SignatureFailure", " accessKeySecret"),
        ("AuthFailure.TokenFailure", " securityToken"),
        ("UnsupportedRegion", " region"),
        // Nothing in the config changes this one.
        ("UnauthorizedOperation.ServiceSuspendDueToArrears", ""),
    ] {
        let place = path.trim();
        let findings = refused_with(code, &config());
        assert_eq!(findings, [wrong(id::FINDING_REFUSED, place)], "{code}");

        let mainland = wrong(id::FINDING_REFUSED, &format!("mainland{path}"));
        let own = matches!(place, "accessKeyId" | "accessKeySecret" | "securityToken");
        let path = path.replace(' ', if own { " overseas." } else { " " });
        let overseas = wrong(id::FINDING_REFUSED, &format!("overseas{path}"));
        assert_eq!(
            refused_with(code, &with(&own_key)),
            [mainland, overseas],
            "{code}"
        );
    }
}

#[test]
fn a_call_that_an_account_may_not_make_leaves_the_check_unknown_with_advice() {
    for (code, why, advice) in [
        (
            "AuthFailure.UnauthorizedOperation",
            id::UNKNOWN_PERMISSION,
            id::UNKNOWN_PERMISSION_DO,
        ),
        (
            "UnauthorizedOperation",
            id::UNKNOWN_PERMISSION,
            id::UNKNOWN_PERMISSION_DO,
        ),
        (
            "UnauthorizedOperation.RequestPermissionDeny",
            id::UNKNOWN_PERMISSION,
            id::UNKNOWN_PERMISSION_DO,
        ),
        (
            "FailedOperation.NotEnterpriseCertification",
            id::UNKNOWN_ENTERPRISES_ONLY,
            id::UNKNOWN_LOOK_UP_DO,
        ),
        (
            "FailedOperation.ProhibitSubAccountUse",
            id::UNKNOWN_MAIN_ACCOUNT_ONLY,
            id::UNKNOWN_LOOK_UP_DO,
        ),
        (
            "InternalError",
            id::UNKNOWN_REFUSED,
            id::UNKNOWN_TRY_LATER_DO,
        ),
        ("Unheard.Of", id::UNKNOWN_REFUSED, id::UNKNOWN_TRY_LATER_DO),
    ] {
        for (action, check) in [
            ("SendStatusStatistics", Check::Application),
            ("CallbackStatusStatistics", Check::Delivery),
            ("SmsPackagesStatistics", Check::Packages),
        ] {
            let ran = with_answer_to(action, |_| refused(code));
            let finding = ran.finding(check);
            assert_eq!(finding.state, State::Unknown, "{code}");
            let why = Text::new(why).with("action", &action).with("code", &code);
            let expected = Text::new(id::UNKNOWN).with_text("why", why);
            assert_eq!(finding.what, expected, "{code}");
            assert_eq!(finding.advice, Some(Text::new(advice)), "{code}");
            assert_eq!(finding.path, None, "{code}");
            assert!(!ran.report.is_wrong());
            // Only a refusal because of the clock is worth another call.
            assert_eq!(ran.count_of(action), 1, "{code}");
        }
    }
}

#[test]
fn a_refused_application_is_wrong_at_the_place_that_decides_it() {
    for code in [
        "UnauthorizedOperation.SmsSdkAppIdVerifyFail",
        // Its row in the table names no key of the config.
        "UnauthorizedOperation.ServiceSuspendDueToArrears",
    ] {
        let ran = with_answer_to("SendStatusStatistics", |_| refused(code));
        let expected = wrong(id::FINDING_REFUSED, "sdkAppId");
        assert_eq!(found(&ran.report, Check::Application), [expected], "{code}");
    }
}

/// The international site lacks the packages, and another check reports a wrong application.
#[test]
fn packages_and_deliveries_that_are_refused_are_unknown() {
    let code = "UnauthorizedOperation.SmsSdkAppIdVerifyFail";
    for (action, check) in [
        ("SmsPackagesStatistics", Check::Packages),
        ("CallbackStatusStatistics", Check::Delivery),
    ] {
        let ran = with_answer_to(action, |_| refused(code));
        let finding = ran.finding(check);
        assert_eq!(finding.state, State::Unknown);
        let why = Text::new(id::FINDING_REFUSED).with("code", &code);
        assert_eq!(finding.what, Text::new(id::UNKNOWN).with_text("why", why));
    }
}

fn deliveries(counts: &Value) -> (State, Text) {
    let ran = with_answer_to("CallbackStatusStatistics", |_| {
        response(&json!({ "CallbackStatusStatistics": counts }))
    });
    let finding = ran.finding(Check::Delivery);
    assert_eq!(finding.advice.is_some(), finding.state == State::Warning);
    (finding.state, finding.what.clone())
}

#[test]
fn ten_failures_that_are_a_tenth_of_all_reports_are_a_warning() {
    let counts = |delivered: u64, failed: u64| json!({ "CallbackSuccessCount": delivered, "CallbackFailCount": failed });
    for (delivered, failed, state, what) in [
        (0, 0, State::Ok, id::DELIVERIES_NONE),
        (7, 0, State::Ok, id::DELIVERIES_ALL),
        (0, 9, State::Ok, id::DELIVERIES_SOME),
        (0, 10, State::Warning, id::DELIVERIES_SOME),
        (90, 10, State::Warning, id::DELIVERIES_SOME),
        (91, 10, State::Ok, id::DELIVERIES_SOME),
        (900, 100, State::Warning, id::DELIVERIES_SOME),
        (901, 100, State::Ok, id::DELIVERIES_SOME),
        (u64::MAX, u64::MAX, State::Warning, id::DELIVERIES_SOME),
    ] {
        let (found_state, found_what) = deliveries(&counts(delivered, failed));
        assert_eq!(
            (found_state, found_what.id()),
            (state, what),
            "{delivered} {failed}"
        );
    }
}

#[test]
fn failures_are_counted_by_their_kind() {
    let (_, what) = deliveries(&json!({
        "CallbackCount": 100, "RequestSuccessCount": 103, "CallbackFailCount": 15,
        "CallbackSuccessCount": 85, "InternalErrorCount": 1, "InvalidNumberCount": 2,
        "ShutdownErrorCount": 3, "BlackListCount": 4, "FrequencyLimitCount": 5
    }));
    let expected = Text::new(id::DELIVERIES_SOME)
        .with("reported", &100)
        .with("failed", &15)
        .with("unreachable", &3)
        .with("invalid", &2)
        .with("blocked", &4)
        .with("frequent", &5)
        .with("carrier", &1);
    assert_eq!(what, expected);
}

#[test]
fn deliveries_are_those_of_the_last_day() {
    let ran = examined(&config(), well);
    let asked = ran
        .asked
        .iter()
        .find(|asked| asked.is("CallbackStatusStatistics"))
        .unwrap();
    // `TZ=Asia/Shanghai date -d @1718438950 +%Y%m%d%H`, and a day earlier.
    assert_eq!(asked.body["BeginTime"], "2024061416");
    assert_eq!(asked.body["EndTime"], "2024061516");
    assert_eq!(asked.body["SmsSdkAppId"], "1400006666");
}

/// Packages are judged at this time, because the examination takes less than a second.
const NOW_SECONDS: u64 = 1_718_438_950;

fn package(amount: u64, used: u64, from: u64, until: u64) -> Value {
    json!({
        "PackageAmount": amount, "CurrentUsage": used,
        "PackageEffectiveTime": from, "PackageExpiredTime": until
    })
}

/// Judges packages of an account that sent nothing in the last day.
fn packages(packages: &[Value]) -> (State, Text) {
    packages_at(packages, &json!(0))
}

/// Judges packages of an account that was billed `daily` messages in the last day.
fn packages_at(packages: &[Value], daily: &Value) -> (State, Text) {
    let ran = examined(&config(), |asked| match asked.action.as_str() {
        "SmsPackagesStatistics" => response(&json!({ "SmsPackagesStatisticsSet": packages })),
        "SendStatusStatistics" => response(&json!({ "SendStatusStatistics": {
            "FeeCount": daily, "RequestCount": 1, "RequestSuccessCount": 1
        } })),
        _ => well(asked),
    });
    let finding = ran.finding(Check::Packages);
    (finding.state, finding.what.clone())
}

fn left(left: u64, amount: u64) -> Text {
    Text::new(id::FINDING_PACKAGES_LEFT)
        .with("left", &left)
        .with("amount", &amount)
}

fn none() -> (State, Text) {
    (State::Ok, Text::new(id::FINDING_PACKAGES_NONE))
}

#[test]
fn packages_with_less_than_a_tenth_left_are_a_warning() {
    let valid = |amount, used| package(amount, used, 0, NOW_SECONDS + 1000);
    for (all, expected) in [
        (vec![], none()),
        (vec![valid(0, 0)], none()),
        (vec![valid(1000, 0)], (State::Ok, left(1000, 1000))),
        (vec![valid(1000, 900)], (State::Ok, left(100, 1000))),
        (vec![valid(1000, 901)], (State::Warning, left(99, 1000))),
        (vec![valid(1000, 1000)], (State::Warning, left(0, 1000))),
        // More than the whole package was used.
        (vec![valid(1000, 1001)], (State::Warning, left(0, 1000))),
        (
            vec![valid(1000, 1000), valid(500, 200)],
            (State::Ok, left(300, 1500)),
        ),
        (
            vec![valid(1000, 1000), valid(500, 400)],
            (State::Warning, left(100, 1500)),
        ),
    ] {
        assert_eq!(packages(&all), expected, "{all:?}");
    }
}

#[test]
fn packages_that_last_less_than_a_week_at_the_rate_of_the_last_day_are_a_warning() {
    let lasting = |left: u64, amount: u64, daily: u64, time: Text| {
        Text::new(id::FINDING_PACKAGES_LASTING)
            .with_text("time", time)
            .with("daily", &daily)
            .with("left", &left)
            .with("amount", &amount)
    };
    let days = |count: u64| Text::new(id::PACKAGES_DAYS).with("count", &count);
    let one_day = Text::new(id::PACKAGES_DAY);
    for (used, daily, state, time) in [
        (0, 340, State::Warning, days(2)),
        (0, 143, State::Warning, days(6)),
        (0, 142, State::Ok, days(7)),
        (0, 1000, State::Warning, one_day),
        (0, 1001, State::Warning, days(0)),
        (100, 1, State::Ok, days(900)),
        // The tenth that is left decides too, because the last day may have been quiet.
        (901, 1, State::Warning, days(99)),
    ] {
        let package = package(1000, used, 0, NOW_SECONDS + 1000);
        let expected = (state, lasting(1000 - used, 1000, daily, time));
        assert_eq!(
            packages_at(&[package], &json!(daily)),
            expected,
            "{used} {daily}"
        );
    }
    // A rate that is missing is no rate.
    let package = package(1000, 0, 0, NOW_SECONDS + 1000);
    assert_eq!(
        packages_at(std::slice::from_ref(&package), &json!(null)),
        (State::Ok, left(1000, 1000))
    );
    assert_eq!(
        packages_at(&[package], &json!("a")),
        (State::Ok, left(1000, 1000))
    );
    assert_eq!(packages_at(&[], &json!(340)), none());
}

#[test]
fn packages_count_from_their_first_second_until_before_their_last() {
    for (from, until, is_valid) in [
        (NOW_SECONDS, NOW_SECONDS + 1, true),
        (NOW_SECONDS + 1, NOW_SECONDS + 2, false),
        (NOW_SECONDS - 1, NOW_SECONDS, false),
        (0, u64::MAX, true),
    ] {
        let expected = if is_valid {
            (State::Ok, left(10, 10))
        } else {
            none()
        };
        let found = packages(&[package(10, 0, from, until)]);
        assert_eq!(found, expected, "{from} to {until}");
    }
}

#[test]
fn numbers_of_an_answer_may_be_texts() {
    let mut package = package(10, 0, 0, NOW_SECONDS + 1000);
    package["PackageAmount"] = json!("20");
    package["CurrentUsage"] = json!("5");
    assert_eq!(packages(&[package]), (State::Ok, left(15, 20)));
}

#[test]
fn an_account_for_each_side_is_checked_by_itself() {
    let own = json!({ "overseas": { "sdkAppId": "2400006666", "signName": "Tencent" } });
    let ran = examined(&with(&own), well);
    let places = |check: Check, what: Id| {
        assert_eq!(
            found(&ran.report, check),
            [ok(what, "mainland"), ok(what, "overseas")]
        );
    };
    places(Check::Application, id::FINDING_APPLICATION_OK);
    places(Check::Delivery, id::DELIVERIES_ALL);
    places(Check::Packages, id::FINDING_PACKAGES_LASTING);
    let ran = examined(&config(), well);
    let one = [ok(id::FINDING_APPLICATION_OK, "")];
    assert_eq!(found(&ran.report, Check::Application), one);
}

#[test]
fn a_doubtful_value_is_a_warning_until_tencent_accepts_it() {
    let config = with(&json!({ "sdkAppId": "1251234567" }));
    let accepted = examined(&config, well);
    assert_eq!(
        found(&accepted.report, Check::Config),
        [ok(id::FINDING_CONFIG_OK, "")]
    );
    assert_eq!(accepted.report.findings[0].check, Check::Config);
    assert!(!accepted.report.is_wrong());
    // The doubt explains the refusal.
    let refused = examined(&config, |asked| match asked.is("SendStatusStatistics") {
        true => refused("InvalidParameterValue.SdkAppIdNotExist"),
        false => well(asked),
    });
    let doubt = warning(id::DOUBT_APP_ID, "sdkAppId");
    assert_eq!(found(&refused.report, Check::Config), [doubt]);
    assert!(refused.report.is_wrong());
}
