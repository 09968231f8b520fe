//! The checks of signatures and templates, which Tencent reviews.

use connector_tencent_sms_wasm::text::{Id, Text, id};

use super::found::{found, ok, warning, wrong};
use super::*;

/// Examines a config, where the account has the given signatures of each side.
fn with_signatures(config: &Value, mainland: &[Value], overseas: &[Value]) -> Ran {
    examined(config, |asked| {
        if !asked.is("DescribeSmsSignList") {
            return well(asked);
        }
        let signatures = if asked.body["International"] == 0 {
            mainland
        } else {
            overseas
        };
        response(&json!({ "DescribeSignListStatusSet": signatures }))
    })
}

fn mainland_only() -> Value {
    with(&json!({ "allowedCallingCodes": ["86"] }))
}

fn with_status(status: i64, reply: &str) -> Value {
    let mut signature = signature(7, "腾讯云");
    signature["StatusCode"] = status.into();
    signature["ReviewReply"] = reply.into();
    signature
}

#[test]
fn a_signature_is_usable_or_wrong_by_its_review() {
    for (status, reply, expected) in [
        (0, "", ok(id::SIGNATURE_OK, "mainland")),
        (1, "", wrong(id::REVIEW_IN_REVIEW, "mainland signName")),
        (2, "", wrong(id::REVIEW_NOT_IN_FORCE, "mainland signName")),
        (-1, "", wrong(id::REVIEW_REFUSED, "mainland signName")),
        (
            -1,
            "no",
            wrong(id::REVIEW_REFUSED_BECAUSE, "mainland signName"),
        ),
        // A code that Tencent may add.
        (3, "", wrong(id::REVIEW_REFUSED, "mainland signName")),
    ] {
        let ran = with_signatures(&mainland_only(), &[with_status(status, reply)], &[]);
        assert_eq!(found(&ran.report, Check::Signature), [expected], "{status}");
    }
}

/// The types of `AddSmsSign`: 0 company, 1 app, 2 website, 3 official account, 4 trademark, 5 institution, 6 mini
/// program. Tencent no longer accepts 2, 3 and 6, and on the mainland 1 (documents 382/116397).
#[test]
fn a_signature_of_a_type_that_tencent_no_longer_accepts_is_a_warning() {
    let of_type = |sign_type: Value| {
        let typed = |name| {
            let mut signature = signature(7, name);
            signature["SignType"] = sign_type.clone();
            signature
        };
        with_signatures(&config(), &[typed("腾讯云")], &[typed("Tencent")])
    };
    let usable = |side| ok(id::SIGNATURE_OK, side);
    let outdated = |place| warning(id::SIGNATURE_TYPE, place);
    for accepted in [json!(0), json!(4), json!(5), json!(7), json!(null)] {
        let ran = of_type(accepted);
        let expected = [usable("mainland"), usable("overseas")];
        assert_eq!(found(&ran.report, Check::Signature), expected);
    }
    let ran = of_type(json!(1));
    let expected = [outdated("mainland signName"), usable("overseas")];
    assert_eq!(found(&ran.report, Check::Signature), expected);
    for (sign_type, name) in [
        (2, id::SIGNATURE_TYPE_WEBSITE),
        (3, id::SIGNATURE_TYPE_OFFICIAL_ACCOUNT),
        (6, id::SIGNATURE_TYPE_MINI_PROGRAM),
    ] {
        let ran = of_type(json!(sign_type));
        let expected = [
            outdated("mainland signName"),
            outdated("overseas overseas.signName"),
        ];
        assert_eq!(found(&ran.report, Check::Signature), expected);
        let finding = ran
            .report
            .findings
            .iter()
            .find(|each| each.check == Check::Signature);
        let what = Text::new(id::SIGNATURE_TYPE)
            .with_text("type", Text::new(name))
            .with("name", &"腾讯云");
        assert_eq!(finding.unwrap().what, what);
    }
}

#[test]
fn a_signature_that_is_missing_is_wrong_with_what_is_there_instead() {
    let advice_for = |sign_name: &str, mainland: &[Value], overseas: &[Value]| {
        let mut config = mainland_only();
        config["signName"] = sign_name.into();
        let ran = with_signatures(&config, mainland, overseas);
        let finding = ran.finding(Check::Signature);
        let place = (finding.side, finding.path.as_ref().unwrap().to_string());
        assert_eq!(place, (Some("mainland"), "signName".to_owned()));
        assert_eq!(finding.state, State::Wrong);
        (finding.what.id(), finding.advice.clone().unwrap())
    };
    let there = [signature(7, "腾讯云"), with_status(1, "")];
    let name = Text::new(id::SIGNATURE_IS_ID_DO).with("name", &"腾讯云");
    assert_eq!(
        advice_for("7", &there, &[]),
        (id::SIGNATURE_IS_ID, name.clone())
    );
    assert_eq!(advice_for("7", &[], &there), (id::SIGNATURE_IS_ID, name));
    let elsewhere = (
        id::SIGNATURE_OVERSEAS_ONLY,
        Text::new(id::SIGNATURE_OVERSEAS_ONLY_DO),
    );
    assert_eq!(advice_for("腾讯云", &[], &there), elsewhere);
    // Signatures in review are no advice.
    let usable = Text::new(id::SIGNATURE_MISSING_DO).with("names", &"\"腾讯云\"");
    // No signature has the ID 8.
    for sign_name in ["其他", "8"] {
        let missing = (id::SIGNATURE_MISSING, usable.clone());
        assert_eq!(advice_for(sign_name, &there, &[]), missing);
    }
    let none = Text::new(id::SIGNATURE_NONE_DO);
    let in_review = [with_status(1, "")];
    for (sign_name, signatures) in [("其他", &in_review[..]), ("8", &[])] {
        assert_eq!(
            advice_for(sign_name, signatures, &[]),
            (id::SIGNATURE_MISSING, none.clone())
        );
    }
    // Five names are enough.
    let many: Vec<_> = (0..9).map(|index| signature(index, "a")).collect();
    let names = ["\"a\""; 5].join(", ");
    let five = Text::new(id::SIGNATURE_MISSING_DO).with("names", &names);
    assert_eq!(
        advice_for("其他", &many, &[]),
        (id::SIGNATURE_MISSING, five)
    );
}

#[test]
fn the_signature_of_the_mainland_is_no_signature_overseas() {
    let ran = with_signatures(
        &config(),
        &[signature(7, "腾讯云"), signature(8, "Tencent")],
        &[],
    );
    assert_eq!(
        found(&ran.report, Check::Signature),
        [
            ok(id::SIGNATURE_OK, "mainland"),
            wrong(id::SIGNATURE_MAINLAND_ONLY, "overseas overseas.signName"),
        ]
    );
}

/// The mainland's signature may work there too.
#[test]
fn a_signature_that_both_sides_share_is_only_a_warning_overseas() {
    let shared = with(&json!({
        "overseas": null, "templates": [{ "usageType": "Generic", "templateCode": 1 }]
    }));
    let ran = with_signatures(&shared, &[signature(7, "腾讯云")], &[]);
    assert_eq!(
        found(&ran.report, Check::Signature),
        [
            ok(id::SIGNATURE_OK, "mainland"),
            warning(id::SIGNATURE_MAINLAND_ONLY, "overseas signName"),
        ]
    );
    let ran = with_signatures(&shared, &[], &[]);
    assert_eq!(
        found(&ran.report, Check::Signature),
        [
            wrong(id::SIGNATURE_MISSING, "mainland signName"),
            warning(id::SIGNATURE_MISSING, "overseas signName"),
        ]
    );
}

#[test]
fn a_side_without_a_signature_needs_none() {
    let ran = examined(&with(&json!({ "overseas": { "senderId": "SHOP" } })), well);
    assert_eq!(
        found(&ran.report, Check::Signature),
        [ok(id::SIGNATURE_OK, "mainland")]
    );
}

/// A mistake that another check reports.
#[test]
fn a_signature_is_looked_up_without_its_brackets() {
    let mut config = mainland_only();
    config["signName"] = json!("【腾讯云】");
    let ran = examined(&config, well);
    let signatures = found(&ran.report, Check::Signature);
    assert_eq!(signatures, [ok(id::SIGNATURE_OK, "mainland")]);
}

#[test]
fn of_the_signatures_ten_pages_are_read() {
    let page: Vec<_> = (0..100).map(|index| signature(index, "other")).collect();
    let ran = with_signatures(&mainland_only(), &page, &[]);
    let asked = ran
        .asked
        .iter()
        .filter(|asked| asked.is("DescribeSmsSignList"));
    let offsets: Vec<_> = asked
        .filter(|asked| asked.body["International"] == 0)
        .map(|asked| asked.body["Offset"].as_u64().unwrap())
        .collect();
    let expected: Vec<_> = (0..10).map(|page| page * 100).collect();
    assert_eq!(offsets, expected);
}

/// Examines a config with one template in the account, whose fields are changed.
fn with_template(config: &Value, changes: &Value) -> Ran {
    examined(config, |asked| {
        let mut answer = in_order(asked);
        if let Some(template) = answer.pointer_mut("/DescribeTemplateStatusSet/0") {
            for (key, value) in changes.as_object().unwrap() {
                template[key] = value.clone();
            }
        }
        response(&answer)
    })
}

/// A config for the mainland with one template.
fn one_template(code: Value, params: Value) -> Value {
    with(&json!({
        "allowedCallingCodes": ["86"],
        "templates": [{ "usageType": "Generic", "templateCode": code, "templateParams": params }]
    }))
}

fn on_the_mainland() -> Value {
    one_template(json!({ "china": 1 }), json!(null))
}

const CODE_OF_CHINA: &str = "mainland templates[0].templateCode.china";

#[test]
fn a_template_is_usable_or_wrong_by_its_review() {
    for (status, reply, expected) in [
        (0, "", ok(id::TEMPLATE_OK, "mainland")),
        (1, "", wrong(id::REVIEW_IN_REVIEW, CODE_OF_CHINA)),
        (2, "", wrong(id::REVIEW_NOT_IN_FORCE, CODE_OF_CHINA)),
        (-1, "", wrong(id::REVIEW_REFUSED, CODE_OF_CHINA)),
        (-1, "no", wrong(id::REVIEW_REFUSED_BECAUSE, CODE_OF_CHINA)),
    ] {
        let changes = json!({ "StatusCode": status, "ReviewReply": reply });
        let ran = with_template(&on_the_mainland(), &changes);
        assert_eq!(found(&ran.report, Check::Template), [expected], "{status}");
    }
}

#[test]
fn a_template_serves_the_mainland_or_overseas_or_both() {
    let both = |side: &str| one_template_for(side, json!(1));
    let split = |side: &str| one_template_for(side, json!({ "china": 1, "overseas": 1 }));
    for (international, mainland, overseas) in [
        (0, true, false),
        (1, false, true),
        (3, true, true),
        (2, false, false),
    ] {
        let changes = json!({ "International": international });
        let judged = |config: &Value| {
            let ran = with_template(config, &changes);
            let [(state, what, _)] = &found(&ran.report, Check::Template)[..] else {
                panic!("{:?}", ran.report);
            };
            (*state, what.clone())
        };
        let expected = |is_right: bool, state: State, what: Id| match is_right {
            true => (State::Ok, id::TEMPLATE_OK.name().to_owned()),
            false => (state, what.name().to_owned()),
        };
        let other = id::TEMPLATE_OVERSEAS_ONLY;
        assert_eq!(
            judged(&split("86")),
            expected(mainland, State::Wrong, other)
        );
        assert_eq!(
            judged(&both("86")),
            expected(mainland, State::Warning, other)
        );
        let other = id::TEMPLATE_MAINLAND_ONLY;
        assert_eq!(
            judged(&split("852")),
            expected(overseas, State::Wrong, other)
        );
        assert_eq!(
            judged(&both("852")),
            expected(overseas, State::Warning, other)
        );
    }
}

fn one_template_for(calling_code: &str, code: Value) -> Value {
    let mut config = one_template(code, json!(null));
    config["allowedCallingCodes"] = json!([calling_code]);
    config
}

#[test]
fn a_template_gets_as_many_values_as_its_text_takes() {
    let judged = |content: &str, params: Value| {
        let config = one_template(json!({ "china": 1 }), params);
        let ran = with_template(&config, &json!({ "TemplateContent": content }));
        let finding = ran.finding(Check::Template);
        let path = finding.path.as_ref().map(ToString::to_string);
        (finding.what.id(), path, finding.advice.clone())
    };
    let one = || json!(null);
    for (content, params) in [
        ("验证码 {1}", one()),
        ("{1}", one()),
        // The same value in two places is one value.
        ("{1} {1}", one()),
        ("{ 1 }", one()),
        ("{1} {2}", json!(["{{code}}", "10"])),
        ("{2}{1}{3}", json!(["a", "b", "c"])),
        // These are not placeholders.
        ("{1} {a} {} } { {1", one()),
    ] {
        let expected = (id::TEMPLATE_OK, None, None);
        assert_eq!(judged(content, params), expected, "{content}");
    }
    let path = || Some("templates[0].templateParams".to_owned());
    let takes = |advice| (id::TEMPLATE_TAKES, path(), Some(advice));
    let none = Text::new(id::TEMPLATE_PARAMS_NONE);
    assert_eq!(judged("验证码", one()), takes(none));
    let single = Text::new(id::TEMPLATE_PARAMS_ONE);
    assert_eq!(judged("{1}", json!(["a", "b"])), takes(single));
    let many = Text::new(id::TEMPLATE_PARAMS_MANY).with("count", &2);
    assert_eq!(judged("{1}{2}", one()), takes(many));
}

#[test]
fn the_count_of_values_is_said_in_the_singular_and_the_plural() {
    let values = |content: &str, params: Value| {
        let config = one_template(json!({ "china": 1 }), params);
        let ran = with_template(&config, &json!({ "TemplateContent": content }));
        ran.finding(Check::Template).what.clone()
    };
    let expected = |count: Text| {
        let plain = |text: &str| Text::new(id::PLAIN).with("text", &text);
        let name = Text::new(id::TEMPLATE_NAME)
            .with_text("code", plain("1"))
            .with_text("usage", plain("Generic"));
        Text::new(id::TEMPLATE_OK)
            .with_text("template", name)
            .with_text("values", count)
    };
    let one = expected(Text::new(id::TEMPLATE_VALUE));
    assert_eq!(values("{1}", json!(null)), one);
    let two = expected(Text::new(id::TEMPLATE_VALUES).with("count", &2));
    assert_eq!(values("{1}{2}", json!(["a", "b"])), two);
}

/// The first text is an example of Tencent's.
#[test]
fn the_code_in_the_place_of_a_time_is_a_warning() {
    let judged = |content: &str, params: Value| {
        let config = one_template(json!({ "china": 1 }), params);
        let ran = with_template(&config, &json!({ "TemplateContent": content }));
        let found = found(&ran.report, Check::Template);
        let place = ran.finding(Check::Template).what.to_string();
        (found, place)
    };
    let swapped = json!(["10", "{{code}}"]);
    let right = json!(["{{code}}", "10"]);
    for content in [
        "{1}为您的登录验证码，请于{2}分钟内填写，如非本人操作，请忽略本短信。",
        "您的验证码是{1}，{2} 分钟内有效。",
        "驗證碼為{1}，{2}分鐘內有效",
        "Your verification code is {1}. It expires in {2} minutes.",
        "Code {1}, valid for {2}min",
        "{1}是验证码，{2}小时内有效",
    ] {
        let (found, what) = judged(content, swapped.clone());
        let expected = warning(id::TEMPLATE_ORDER, "mainland templates[0].templateParams");
        assert_eq!(found, [expected], "{content}");
        assert!(what.contains("{2} stands for a time"), "{what}");
        let (found, _) = judged(content, right.clone());
        assert_eq!(found, [ok(id::TEMPLATE_OK, "mainland")], "{content}");
    }
    // The time comes first.
    let content = "请在{1}分钟内输入验证码{2}";
    assert_eq!(judged(content, right).0[0].1, id::TEMPLATE_ORDER.name());
    assert_eq!(
        judged(content, json!(["10", "{{ code }}"])).0,
        [ok(id::TEMPLATE_OK, "mainland")]
    );
    assert_eq!(
        judged(content, json!(["{{ code }}", "10"])).0[0].1,
        id::TEMPLATE_ORDER.name()
    );
    // Without such words, the text does not show the order.
    for content in ["{1}，{2}", "验证码{1}，编号{2}。", "{1}{2}"] {
        assert_eq!(
            judged(content, swapped.clone()).0,
            [ok(id::TEMPLATE_OK, "mainland")]
        );
    }
    assert_eq!(
        judged("{1}分钟", json!(null)).0,
        [ok(id::TEMPLATE_OK, "mainland")]
    );
}

#[test]
fn a_template_that_is_missing_is_wrong_and_a_name_is_not_looked_up() {
    let missing = |code: &str| {
        let config = one_template(json!({ "china": code }), json!(null));
        let ran = examined(&config, |asked| {
            if asked.is("DescribeSmsTemplateList") {
                response(&json!({ "DescribeTemplateStatusSet": [] }))
            } else {
                well(asked)
            }
        });
        found(&ran.report, Check::Template)
    };
    for code in ["1999999", "99999999999999999999999"] {
        assert_eq!(missing(code), [wrong(id::TEMPLATE_MISSING, CODE_OF_CHINA)]);
    }
    for code in ["登录验证码", "1110a", "-1"] {
        // The check of the config reports it.
        assert_eq!(missing(code), []);
    }
}

/// Tencent documents these codes as errors of the action.
#[test]
fn a_code_that_stands_for_an_empty_list_is_no_failure() {
    for code in [
        "FailedOperation.MissingTemplateList",
        "FailedOperation.MissingTemplateToModify",
    ] {
        let ran = examined(&on_the_mainland(), |asked| {
            if asked.is("DescribeSmsTemplateList") {
                refused(code)
            } else {
                well(asked)
            }
        });
        let templates = found(&ran.report, Check::Template);
        assert_eq!(
            templates,
            [wrong(id::TEMPLATE_MISSING, CODE_OF_CHINA)],
            "{code}"
        );
    }
}

#[test]
fn a_template_of_the_other_side_is_found_there() {
    let ran = examined(&on_the_mainland(), |asked| {
        let mut answer = in_order(asked);
        if asked.is("DescribeSmsTemplateList") {
            answer["DescribeTemplateStatusSet"][0]["International"] = json!(1);
            if asked.body["International"] == 0 {
                answer["DescribeTemplateStatusSet"] = json!([]);
            }
        }
        response(&answer)
    });
    let templates = found(&ran.report, Check::Template);
    assert_eq!(
        templates,
        [wrong(id::TEMPLATE_OVERSEAS_ONLY, CODE_OF_CHINA)]
    );
    assert_eq!(ran.count_of("DescribeSmsTemplateList"), 2);
    // Nothing is missing, so nothing is looked up on the other side.
    let ran = examined(&on_the_mainland(), well);
    assert_eq!(ran.count_of("DescribeSmsTemplateList"), 1);
}

#[test]
fn a_template_that_two_entries_name_is_looked_up_once() {
    let config = with(&json!({
        "allowedCallingCodes": ["86"],
        "templates": [
            { "usageType": "SignIn", "templateCode": 1 },
            { "usageType": "Generic", "templateCode": 1 }
        ]
    }));
    let ran = examined(&config, well);
    let mut lists = ran
        .asked
        .iter()
        .filter(|asked| asked.is("DescribeSmsTemplateList"));
    assert_eq!(lists.next().unwrap().body["TemplateIdSet"], json!([1]));
    assert_eq!(found(&ran.report, Check::Template).len(), 2);
}

#[test]
fn each_entry_is_judged_by_its_own_template() {
    let config = with(&json!({
        "allowedCallingCodes": ["86"],
        "templates": [
            { "usageType": "SignIn", "templateCode": 1 },
            { "usageType": "Generic", "templateCode": 2 }
        ]
    }));
    let ran = examined(&config, |asked| {
        let mut answer = in_order(asked);
        if let Some(second) = answer.pointer_mut("/DescribeTemplateStatusSet/1") {
            second["StatusCode"] = json!(1);
        }
        response(&answer)
    });
    assert_eq!(
        found(&ran.report, Check::Template),
        [
            ok(id::TEMPLATE_OK, "mainland"),
            wrong(id::REVIEW_IN_REVIEW, "mainland templates[1].templateCode"),
        ]
    );
}

#[test]
fn a_refusal_of_the_template_itself_names_the_templates() {
    let code = "FailedOperation.TemplateIncorrectOrUnapproved";
    let ran = examined(&on_the_mainland(), |asked| {
        if asked.is("DescribeSmsTemplateList") {
            refused(code)
        } else {
            well(asked)
        }
    });
    let templates = found(&ran.report, Check::Template);
    assert_eq!(
        templates,
        [wrong(id::FINDING_REFUSED, "mainland templates")]
    );
}
