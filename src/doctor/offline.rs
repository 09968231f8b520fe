//! What can be told from a valid config alone.

use crate::config::{self, Config, ConfigKey, GENERIC, Template};
use crate::json::Value;
use crate::phone::Route;

use super::{Check, Finding};

/// The usage types that Logto has today. Others are possible: Logto adds to them.
const USAGE_TYPES: [&str; 9] = [
    "SignIn",
    "Register",
    "ForgotPassword",
    "OrganizationInvitation",
    GENERIC,
    "UserPermissionValidation",
    "BindNewIdentifier",
    "MfaVerification",
    "BindMfa",
];

/// Everything that looks wrong, or `ok` where nothing does.
pub(super) fn examine(value: &Value, config: &Config) -> Vec<Finding> {
    let mut findings: Vec<_> = [
        unread_keys(value),
        signature(config, Route::Mainland),
        signature(config, Route::Overseas),
        usage_types(config),
        never_used(config),
        sides(config),
    ]
    .into_iter()
    .flatten()
    .collect();
    // The two sides often share what they have.
    findings.dedup_by(|a, b| (&a.path, &a.what) == (&b.path, &b.what));
    if findings.is_empty() {
        findings.push(Check::Config.ok("complete and well-formed"));
    }
    findings
}

/// Of a config that is not valid, too: a key that is missing may be there, misspelt.
pub(super) fn unread_keys(value: &Value) -> Vec<Finding> {
    let paths = config::unread_keys(value).into_iter();
    paths
        .map(|path| {
            Check::Config
                .warning("a key that nothing reads")
                .at(path)
                .advise("correct its spelling, or remove it")
        })
        .collect()
}

fn signature(config: &Config, route: Route) -> Vec<Finding> {
    let Some(sign_name) = config.account(route).sign_name.as_deref() else {
        return Vec::new();
    };
    let path = config.path_of_account(ConfigKey::SignName, route);
    if sign_name.contains(['【', '】']) {
        vec![
            Check::Config
                .wrong("the signature is written with its 【】")
                .at(path)
                .advise("leave them out: Tencent puts them around it"),
        ]
    } else {
        Vec::new()
    }
}

fn usage_types(config: &Config) -> Vec<Finding> {
    let unknown = |template: &&Template| !USAGE_TYPES.contains(&template.usage_type.as_str());
    config
        .templates
        .iter()
        .filter(unknown)
        .map(|template| {
            Check::Config
                .warning("Logto has no such usage type, as far as known: the entry is never used")
                .at(template.path.key("usageType"))
                .advise(format!("use one of {}", USAGE_TYPES.join(", ")))
        })
        .collect()
}

/// Of two entries for the same occasion, language and side only the first is used.
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
        .filter(|(index, template)| {
            let mut earlier = config.templates.iter().take(*index);
            template.is_configured() && earlier.any(|first| covers(first, template))
        })
        .map(|(_, template)| {
            Check::Config
                .warning("never used: an earlier entry serves the same usage type and locale")
                .at(template.path.clone())
                .advise("remove one of the two")
        })
        .collect()
}

fn sides(config: &Config) -> Vec<Finding> {
    Route::BOTH
        .into_iter()
        .filter(|route| config.allows_some_on(*route))
        .filter_map(|route| {
            let serving = |template: &&Template| template.serves(route);
            let mut templates = config.templates.iter().filter(serving);
            if templates.clone().next().is_none() {
                let finding = Check::Config.warning("no template: messages there are refused");
                return Some(
                    finding
                        .on(&[route])
                        .advise("add a templateCode for that side, or shut it out by allowedCallingCodes"),
                );
            }
            let has_generic = templates.any(|template| template.usage_type == GENERIC);
            (!has_generic).then(|| {
                Check::Config
                    .warning("no template for Generic: only usage types with an entry of their own are served")
                    .on(&[route])
                    .advise("add a templateCode for that side to the Generic entry")
            })
        })
        .collect()
}
