//! The checks of a valid config by itself.

use crate::config::strict::{Remark, Severity};
use crate::config::{Config, Diagnostics, GENERIC, Mode, Path, Template};
use crate::limits::Kind;
use crate::phone::Route;
use crate::tencent::Parameter;
use crate::text::{Text, id};

use crate::doctor::examine::MAX_ENTRIES;
use crate::doctor::report::{Check, Finding};

/// Returns a finding for each possible mistake in the config.
pub(in crate::doctor) fn examine(diagnostics: Diagnostics, config: &Config) -> Vec<Finding> {
    let mut findings = diagnosed(diagnostics);
    findings.extend(lost_letters(config, Route::Mainland));
    findings.extend(lost_letters(config, Route::Overseas));
    findings.extend(never_used(config));
    findings.extend(unchecked_templates(config));
    findings.extend(unserved_sides(config));
    findings.extend(limits(config));
    // Both sides often share the same values.
    findings.dedup_by(|a, b| (&a.path, &a.what) == (&b.path, &b.what));
    findings
}

/// Returns a finding for each issue, each remark and each key that nothing reads. The state says what a send
/// would do. The Console refuses to save a config with such an error, and with some of the warnings.
pub(in crate::doctor) fn diagnosed(diagnostics: Diagnostics) -> Vec<Finding> {
    let Diagnostics {
        issues,
        remarks,
        unread_keys,
    } = diagnostics;
    let mut findings: Vec<_> = issues.into_iter().map(Finding::from).collect();
    for Remark { severity, issue } in remarks {
        let finding = Finding::from(issue);
        findings.push(match severity {
            Severity::Broken => finding,
            Severity::Ineffective | Severity::Doubtful => finding.downgraded(),
        });
    }
    for path in unread_keys {
        let finding = Check::Config.warning(Text::new(id::FINDING_CONFIG_UNREAD_KEY));
        let advice = Text::new(id::FINDING_CONFIG_UNREAD_KEY_DO);
        findings.push(finding.at(path).advise(advice));
    }
    findings
}

/// Returns the finding about a signature whose letters were replaced by U+FFFD or `?` when a program
/// converted the file. A signature consists of letters and digits.
fn lost_letters(config: &Config, route: Route) -> Option<Finding> {
    let sign_name = config.account(route).sign_name.as_deref()?;
    let count = |lost| sign_name.chars().filter(|letter| *letter == lost).count();
    let is_lost = count('\u{fffd}') > 0 || count('?') > 1;
    is_lost.then(|| {
        Check::Config
            .wrong(Text::new(id::FINDING_CONFIG_LOST_LETTERS))
            .at(config.path_of_account(Parameter::SignName, route))
            .advise(Text::new(id::FINDING_CONFIG_LOST_LETTERS_DO))
    })
}

/// Returns a warning for each template that is never used. Of several entries with the same usage type,
/// language and side, only the first is used.
fn never_used(config: &Config) -> Vec<Finding> {
    let routes = Route::BOTH;
    let covers = |first: &Template, second: &Template| {
        first.usage_type == second.usage_type
            && first.locale == second.locale
            && routes
                .into_iter()
                .all(|route| !second.serves(route) || first.serves(route))
    };
    let templates = config.templates.iter().enumerate();
    templates
        .take(MAX_ENTRIES)
        .filter(|(index, template)| {
            let mut earlier = config.templates.iter().take(*index);
            template.is_configured() && earlier.any(|first| covers(first, template))
        })
        .map(|(_, template)| {
            Check::Config
                .warning(Text::new(id::FINDING_CONFIG_NEVER_USED))
                .at(template.path.clone())
                .advise(Text::new(id::FINDING_CONFIG_NEVER_USED_DO))
        })
        .collect()
}

fn unchecked_templates(config: &Config) -> Option<Finding> {
    let what = Text::new(id::UNKNOWN_TOO_MANY_TEMPLATES).with("count", &MAX_ENTRIES);
    (config.templates.len() > MAX_ENTRIES).then(|| Check::Config.unknown(what))
}

/// Returns the findings about the limits on messages.
fn limits(config: &Config) -> Vec<Finding> {
    let path = Path::default().key("limits");
    let mut findings = Vec::new();
    if config.limits.mode == Mode::Monitor {
        findings.push(
            Check::Config
                .warning(Text::new(id::FINDING_CONFIG_MONITOR))
                .at(path.key("mode"))
                .advise(Text::new(id::FINDING_CONFIG_MONITOR_DO)),
        );
    }
    if config.limits.per_ip.is_some() {
        findings.push(
            Check::Config
                .unknown(Text::new(id::UNKNOWN_PER_IP))
                .at(path.key(Kind::Ip.key()))
                .advise(Text::new(id::UNKNOWN_PER_IP_DO)),
        );
    }
    findings
}

fn unserved_sides(config: &Config) -> Vec<Finding> {
    // Messages to a served side are sent even if the config does not serve the other side.
    let is_any_served = Route::BOTH.into_iter().any(|route| config.serves(route));
    let mut findings = Vec::new();
    for route in Route::BOTH {
        if !config.allows_some_on(route) {
            continue;
        }
        let serves_generic =
            |template: &Template| template.serves(route) && template.usage_type == GENERIC;
        let (what, advice) = if !config.serves(route) {
            (
                id::FINDING_CONFIG_NO_TEMPLATE,
                id::FINDING_CONFIG_NO_TEMPLATE_DO,
            )
        } else if !config.templates.iter().any(serves_generic) {
            (
                id::FINDING_CONFIG_NO_GENERIC,
                id::FINDING_CONFIG_NO_GENERIC_DO,
            )
        } else {
            continue;
        };
        let finding = Check::Config
            .wrong(Text::new(what))
            .on(&[route])
            .advise(Text::new(advice));
        findings.push(if is_any_served {
            finding.downgraded()
        } else {
            finding
        });
    }
    findings
}
