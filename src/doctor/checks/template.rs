//! The check that each template exists, is approved, serves its side, and gets the right number of
//! values.

use crate::config::{Template as Configured, TemplateCode};
use crate::phone::Route;
use crate::tencent::actions::{MAX_TEMPLATE_IDS, Template, describe_sms_template_list};
use crate::tencent::{Account, ApiError, Endpoint};
use crate::text::{Text, id};

use crate::doctor::examine::{Examination, MAX_ENTRIES};
use crate::doctor::replay::{FailedCall, Pending, Reply};
use crate::doctor::report::{Check, Finding, counted, redact_long};

impl Examination<'_> {
    pub(in crate::doctor) fn check_templates(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        route: Route,
    ) -> Result<(), Pending> {
        let config = self.config;
        // The check of the config reports a code that is no number.
        let is_number = |code: &str| code.bytes().all(|byte| byte.is_ascii_digit());
        let entries = || {
            config
                .templates
                .iter()
                .take(MAX_ENTRIES)
                .filter_map(|entry| Some((entry, entry.template_code.on(route)?)))
                .filter(|(_, code)| is_number(code))
        };
        let mut ids: Vec<u64> = Vec::new();
        for id in entries().filter_map(|(_, code)| code.parse().ok()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let mut templates = match self.look_up(account, endpoint, &ids, route)? {
            Ok(templates) => templates,
            Err(failed_call) => {
                let finding = self.judge_failure(Check::Template, &[route], &failed_call);
                self.add(finding);
                return Ok(());
            }
        };
        ids.retain(|id| {
            !templates
                .iter()
                .any(|template| Template(template).has_id(*id))
        });
        if !ids.is_empty()
            && let Ok(elsewhere) = self.look_up(account, endpoint, &ids, route.other())?
        {
            templates.extend(elsewhere);
        }
        for (entry, code) in entries() {
            let template = code.parse().ok().and_then(|id| {
                let mut templates = templates.iter().map(Template);
                templates.find(|template| template.has_id(id))
            });
            let finding = judge(entry, code, template, route);
            self.add(finding.on(&[route]));
            let lifetime = template.and_then(|found| self.check_lifetime(entry, code, found));
            if let Some(lifetime) = lifetime {
                self.add(lifetime.on(&[route]));
            }
        }
        Ok(())
    }

    fn look_up(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        ids: &[u64],
        route: Route,
    ) -> Result<Reply, Pending> {
        let mut templates = Vec::new();
        for ids in ids.chunks(MAX_TEMPLATE_IDS) {
            let call = describe_sms_template_list(route, ids);
            match self.replay.call(account, endpoint, call)? {
                Ok(found) => templates.extend(found),
                Err(failed_call) if means_empty_list(&failed_call) => {}
                Err(failed_call) => return Ok(Err(failed_call)),
            }
        }
        Ok(Ok(templates))
    }
}

/// Returns true for an error code that Tencent sends instead of an empty list. The codes are documented
/// as errors of the action, and their meaning is inferred.
fn means_empty_list(failed_call: &FailedCall) -> bool {
    let ApiError::Refused(refusal) = &failed_call.error else {
        return false;
    };
    let code = refusal.tencent_code();
    code.ends_with(".MissingTemplateToModify") || code.ends_with(".MissingTemplateList")
}

fn judge(entry: &Configured, code: &str, template: Option<Template<'_>>, route: Route) -> Finding {
    let name = Text::new(id::TEMPLATE_NAME)
        .with_text("code", redact_long(code))
        .with_text("usage", redact_long(&entry.usage_type));
    let about = |id| Text::new(id).with_text("template", name.clone());
    let path = entry.path_of_code(route);
    let Some(template) = template else {
        let what = about(id::TEMPLATE_MISSING);
        let advice = Text::new(id::TEMPLATE_MISSING_DO);
        return Check::Template.wrong(what).at(path).advise(advice);
    };
    if !template.serves(route) {
        let (what, key) = match route {
            Route::Mainland => (id::TEMPLATE_OVERSEAS_ONLY, "overseas"),
            Route::Overseas => (id::TEMPLATE_MAINLAND_ONLY, "china"),
        };
        let advice = Text::new(id::TEMPLATE_ONE_SIDE_DO).with("key", &key);
        let finding = Check::Template.wrong(about(what)).at(path).advise(advice);
        // A code for both sides serves at least one of them.
        return match entry.template_code {
            TemplateCode::Both(_) => finding.downgraded(),
            TemplateCode::Split { .. } => finding,
        };
    }
    let review = Check::Template.reviewed(name.clone(), template.status(), template.review_reply());
    if let Some(finding) = review {
        return finding.at(path);
    }
    let (takes, gets) = (template.variables(), entry.params());
    if takes == gets {
        match misplaced_code(template.content(), entry.template_params.as_deref()) {
            None => Check::Template.ok(about(id::TEMPLATE_OK).with_text("values", values(takes))),
            Some(place) => Check::Template
                .warning(about(id::TEMPLATE_ORDER).with("place", &place))
                .at(entry.path_of_params())
                .advise(Text::new(id::TEMPLATE_ORDER_DO)),
        }
    } else {
        let what = about(id::TEMPLATE_TAKES)
            .with_text("values", values(takes))
            .with("gets", &gets);
        Check::Template
            .wrong(what)
            .at(entry.path_of_params())
            .advise(params_advice(takes))
    }
}

fn values(count: usize) -> Text {
    counted(count as u64, id::TEMPLATE_VALUE, id::TEMPLATE_VALUES)
}

fn params_advice(takes: usize) -> Text {
    match takes {
        0 => Text::new(id::TEMPLATE_PARAMS_NONE),
        1 => Text::new(id::TEMPLATE_PARAMS_ONE),
        takes => Text::new(id::TEMPLATE_PARAMS_MANY).with("count", &takes),
    }
}

/// The words after a placeholder that stands for a time.
const TIMES: [&str; 4] = ["分", "min", "秒", "小时"];

/// Returns the placeholder of a template's text that stands for a time, but gets the code: the values are in
/// the wrong order. Only the words after the placeholder are compared, as in "{2}分钟" and "{2} minutes".
fn misplaced_code(content: &str, params: Option<&[String]>) -> Option<String> {
    let (params, [_, _, ..]) = (params?, params?) else {
        return None;
    };
    let places = content.split('{').skip(1);
    places
        .filter_map(|place| place.split_once('}'))
        .filter(|(_, after)| {
            let after = after.trim_start();
            TIMES.into_iter().any(|time| after.starts_with(time))
        })
        .find_map(|(number, _)| {
            let number = number.trim();
            let index = number.parse::<usize>().ok()?.checked_sub(1)?;
            let value: String = params.get(index)?.split_whitespace().collect();
            (value == "{{code}}").then(|| format!("{{{number}}}"))
        })
}
