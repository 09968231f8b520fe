//! The report as text.

use connector_tencent_sms_wasm::config::Path;
use connector_tencent_sms_wasm::text::{Id, Text, id};

use super::*;

fn finding(state: State, side: Option<&'static str>, path: Path, advice: Option<&str>) -> Finding {
    let plain = |text: &str| Text::new(id::PLAIN).with("text", &text);
    Finding {
        check: Check::Key,
        state,
        side,
        path: Some(path),
        what: plain("the description"),
        advice: advice.map(plain),
    }
}

fn report() -> Report {
    let path = Path::default().key("overseas").key("accessKeyId");
    let findings = vec![
        finding(State::Ok, None, Path::default(), None),
        finding(State::Warning, Some("mainland"), path.clone(), None),
        finding(State::Wrong, Some("overseas"), path, Some("the advice")),
        // A description that begins with the path does not need it twice.
        finding(State::Unknown, None, Path::default().key("the"), None),
    ];
    Report {
        findings,
        can_send: true,
    }
}

const COLUMN_OF_DESCRIPTIONS: usize = 23;

/// The columns in front of a description: state, check and side.
fn head(state: Id, side: &str) -> String {
    let [state, check] = [state, id::CHECK_KEY].map(|id| Text::new(id).to_string());
    let [state, check] = [format!("{state:<7}"), format!("{check:<12}")];
    [&state, "  ", &check, "  ", side].concat()
}

/// A line below a description.
fn below(text: &str) -> String {
    [&" ".repeat(COLUMN_OF_DESCRIPTIONS), text].concat()
}

#[test]
fn a_report_is_aligned_and_names_each_path_and_advice() {
    let at = Text::new(id::AT).with("path", &"overseas.accessKeyId");
    let at = below(&at.to_string());
    let side = |id| Text::new(id).to_string() + ": ";
    let lines = [
        head(id::STATE_OK, "") + "the description",
        head(id::STATE_WARNING, &side(id::SIDE_MAINLAND)) + "the description",
        at.clone(),
        head(id::STATE_WRONG, &side(id::SIDE_OVERSEAS)) + "the description",
        at,
        below("→ the advice"),
        head(id::STATE_UNKNOWN, "") + "the description",
        String::new(),
        "1 error, 1 warning, 1 skipped".to_owned(),
    ];
    assert_eq!(report().to_text(false), lines.join("\n") + "\n");
    assert_eq!(
        head(id::STATE_OK, "").chars().count(),
        COLUMN_OF_DESCRIPTIONS
    );
}

#[test]
fn colours_are_around_the_state_only() {
    let text = report().to_text(true);
    let mut plain = text.clone();
    for (state, color) in [
        (id::STATE_OK, "32"),
        (id::STATE_WARNING, "33"),
        (id::STATE_WRONG, "31"),
        (id::STATE_UNKNOWN, "36"),
    ] {
        let word = format!("{:<7}", Text::new(state).to_string());
        let colored = format!("\u{1b}[{color}m{word}\u{1b}[0m");
        assert!(text.contains(&colored), "{text:?}");
        plain = plain.replace(&colored, &word);
    }
    assert_eq!(plain, report().to_text(false));
}

#[test]
fn a_report_is_wrong_where_a_finding_is() {
    assert!(report().is_wrong());
    let mut others = report();
    others
        .findings
        .retain(|finding| finding.state != State::Wrong);
    assert!(!others.is_wrong());
    let findings = others.findings.clone();
    others.findings.extend(findings);
    let last_line = "\n\n0 errors, 2 warnings, 2 skipped\n";
    assert!(others.to_text(false).ends_with(last_line));
}

/// A key that was pasted into another field has at least 25 characters.
#[test]
fn a_long_value_is_shown_by_its_length_only() {
    let shown = |value: &str| {
        let config = with(&json!({ "sdkAppId": value }));
        let ran = examined(&config, well);
        ran.finding(Check::Application).what.to_string()
    };
    for length in [1, 24] {
        assert!(shown(&"長".repeat(length)).contains(&"長".repeat(length)));
    }
    for length in [25, 100] {
        let text = shown(&"長".repeat(length));
        let by_length = Text::new(id::SHOWN_LONG).with("length", &length);
        assert!(text.contains(&by_length.to_string()), "{text}");
        assert!(!text.contains('長'), "{text}");
    }
}
