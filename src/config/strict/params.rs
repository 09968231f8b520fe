//! The values of a template: does the message contain its code?

use super::Objection;
use super::names::near_miss;
use crate::invisible::is_invisible;
use crate::logto::handlebars;
use crate::quoted::quoted;
use crate::text::{Text, id};

/// The fields of a payload, as Logto's connector kit and core declare them.
const FIELDS: [&str; 8] = [
    "code",
    "link",
    "locale",
    "uiLocales",
    "application",
    "organization",
    "user",
    "inviter",
];

/// The fields of the objects in a payload.
const FIELDS_OF_OBJECTS: [&str; 9] = [
    "name",
    "displayName",
    "username",
    "primaryEmail",
    "primaryPhone",
    "avatar",
    "profile",
    "customData",
    "branding",
];

/// The usage type whose message is an invitation, which may have neither code nor link.
const WITHOUT_CODE: &str = "OrganizationInvitation";

/// The notations of other languages and vendors for the place of the code, and unfinished handlebars.
const OTHER_NOTATIONS: [&str; 13] = [
    "${code}", "{{code", "{code}", "#{code}", "#code#", "<code>", "[code]", "%code%", "$code",
    "{1}", "{0}", "%s", "%d",
];

/// Returns the objection to the values of an entry for this usage type.
pub(in crate::config) fn objection(usage_type: &str, params: &[String]) -> Option<Objection> {
    let mut has_code = false;
    let mut unknown = None;
    for path in params.iter().flat_map(|param| handlebars::paths(param)) {
        let mut parts = path.split('.');
        let root = parts.next().unwrap_or_default();
        let part = parts.next();
        has_code |= path == "code" || path == "link";
        let right = near_miss(root, &FIELDS)
            .map(|field| (field, part))
            .or_else(|| {
                let is_object = matches!(root, "application" | "organization" | "user" | "inviter");
                let right = near_miss(part.filter(|_| is_object)?, &FIELDS_OF_OBJECTS)?;
                Some((root, Some(right)))
            });
        if let Some((root, part)) = right {
            return Some(Objection::broken(misspelt(path, root, part)));
        }
        if !FIELDS.contains(&root) {
            unknown = unknown.or(Some(path));
        }
    }
    if !has_code && usage_type != WITHOUT_CODE {
        return Some(Objection::broken(without_code(params)));
    }
    unknown.map(|path| {
        let mut objection = Objection::doubtful(id::DOUBT_FIELD);
        objection.problem = objection.problem.with("field", &quoted(path));
        objection
    })
}

fn misspelt(path: &str, root: &str, part: Option<&str>) -> Text {
    let mut right = root.to_owned();
    if let Some(part) = part {
        right.push('.');
        right.push_str(part);
    }
    Text::new(id::CONFIG_FIELD)
        .with("field", &quoted(path))
        .with("right", &right)
}

fn without_code(params: &[String]) -> Text {
    let is_written = |notation: &&&str| {
        params.iter().any(|param| {
            let letters = param.chars().filter(|letter| !is_invisible(*letter));
            let letters: String = letters.collect();
            // `contains` would add 6 KB of wasm, because it searches for texts of any length.
            let mut parts = letters.as_bytes().windows(notation.len());
            parts.any(|part| part == notation.as_bytes())
        })
    };
    match OTHER_NOTATIONS.iter().find(is_written) {
        Some(notation) => Text::new(id::CONFIG_OTHER_NOTATION).with("notation", notation),
        None => Text::new(id::CONFIG_NO_CODE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::strict::Severity;
    use crate::text::Id;

    fn objection_to(params: &[&str]) -> Option<(Severity, Id)> {
        let params: Vec<_> = params.iter().map(|param| (*param).to_owned()).collect();
        let objection = objection("SignIn", &params)?;
        Some((objection.severity, objection.problem.id()))
    }

    #[test]
    fn a_text_without_the_code_is_refused_with_what_was_probably_meant() {
        for (param, notation) in [
            ("%s", "%s"),
            ("{1}", "{1}"),
            ("{code}", "{code}"),
            ("{ code }", "{code}"),
            ("${code}", "${code}"),
            ("{{code", "{{code"),
            ("{{code}", "{{code"),
            ("{{ code }", "{{code"),
            ("{{co de}}", "{{code"),
            ("{{code.value}}", "{{code"),
            ("#code#", "#code#"),
        ] {
            let params = ["10".to_owned(), param.to_owned()];
            let objection = objection("SignIn", &params).unwrap();
            assert_eq!(objection.severity, Severity::Broken);
            let expected = Text::new(id::CONFIG_OTHER_NOTATION).with("notation", &notation);
            assert_eq!(objection.problem, expected, "{param}");
        }
        for param in ["10", "code", "验证码", "{{locale}}"] {
            assert_eq!(
                objection_to(&[param]),
                Some((Severity::Broken, id::CONFIG_NO_CODE)),
                "{param}"
            );
        }
        let invitation = ["{{organization.name}}".to_owned()];
        assert_eq!(objection("OrganizationInvitation", &invitation), None);
    }

    #[test]
    fn a_field_that_logto_knows_is_accepted_in_every_form_of_the_kit() {
        for params in [
            &["{{code}}"][..],
            &["{{ code }}", "10"],
            &["10", "{{\u{feff}code\u{3000}}}"],
            &["{{{code}}}"],
            &["G-{{code}}"],
            &["{{link}}"],
            &["{{code}}", "{{application.name}}"],
            &["{{code}}", "{{user.customData.points.1}}"],
            &["{{code}}", "{{organization.id}}", "{{uiLocales}}"],
        ] {
            assert_eq!(objection_to(params), None, "{params:?}");
        }
    }

    #[test]
    fn another_spelling_of_a_field_is_refused_with_the_right_one() {
        for (field, right) in [
            ("cod", "code"),
            ("Code", "code"),
            ("CODE", "code"),
            ("verificationCode", "code"),
            ("verify_code", "code"),
            ("lnk", "link"),
            ("ui_locales", "uiLocales"),
            ("aplication.name", "application.name"),
            ("application.nmae", "application.name"),
            ("user.primary_phone", "user.primaryPhone"),
        ] {
            let params = ["{{code}}".to_owned(), format!("{{{{ {field} }}}}")];
            let objection = objection("OrganizationInvitation", &params).unwrap();
            assert_eq!(objection.severity, Severity::Broken);
            let expected = Text::new(id::CONFIG_FIELD)
                .with("field", &field)
                .with("right", &right);
            assert_eq!(objection.problem, expected);
        }
    }

    #[test]
    fn a_field_that_nobody_knows_is_doubtful() {
        for field in ["minutes", "brand.name", "otp"] {
            let params = ["{{code}}", &format!("{{{{{field}}}}}")];
            let expected = Some((Severity::Doubtful, id::DOUBT_FIELD));
            assert_eq!(objection_to(&params), expected, "{field}");
        }
        // Without the code, it does not matter what else is in the text.
        let expected = Some((Severity::Broken, id::CONFIG_NO_CODE));
        assert_eq!(objection_to(&["{{minutes}}"]), expected);
    }
}
