//! Is each template there, approved, on the right side, and given as many values as it takes.

use crate::api::Refusal;
use crate::config::{Account, Endpoint, Template as Configured, TemplateCode};
use crate::phone::Route;
use crate::queries::{MOST_IDS, Status, Template, describe_sms_template_list};

use super::examination::Examination;
use super::interview::{NoAnswer, Reply, Unanswered};
use super::report::{quoted, shown};
use super::signatures::because;
use super::{Check, Finding};

impl Examination<'_> {
    pub(super) fn templates(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        route: Route,
    ) -> Result<(), Unanswered> {
        let config = self.config;
        let entries = || {
            config
                .templates
                .iter()
                .filter_map(|entry| Some((entry, entry.template_code.on(route)?)))
        };
        let mut ids: Vec<u64> = Vec::new();
        for id in entries().filter_map(|(_, code)| code.parse().ok()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let mut templates = match self.look_up(account, endpoint, &ids, route)? {
            Ok(templates) => templates,
            Err(why) => {
                let action = "DescribeSmsTemplateList";
                let finding = self.unanswered(Check::Template, action, &[route], why);
                self.find(finding);
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
            self.find(finding.on(&[route]));
        }
        Ok(())
    }

    fn look_up(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        ids: &[u64],
        route: Route,
    ) -> Result<Reply, Unanswered> {
        let mut templates = Vec::new();
        for ids in ids.chunks(MOST_IDS) {
            let question = describe_sms_template_list(route, ids);
            match self.interview.ask(account, endpoint, question)? {
                Ok(found) => templates.extend(found),
                // Said of lists that would be empty.
                Err(NoAnswer::Refused(refusal)) if says_that_none_exists(&refusal) => {}
                Err(why) => return Ok(Err(why)),
            }
        }
        Ok(Ok(templates))
    }
}

/// Listed among the action's errors; that it stands for an empty list is inferred.
fn says_that_none_exists(refusal: &Refusal) -> bool {
    let code = refusal.tencent_code();
    code.ends_with(".MissingTemplateToModify") || code.ends_with(".MissingTemplateList")
}

fn judge(entry: &Configured, code: &str, template: Option<Template<'_>>, route: Route) -> Finding {
    let name = format!("{} for {}", shown(code), shown(&entry.usage_type));
    let path = entry.path_of_code(route);
    let Some(template) = template else {
        let finding = if code.bytes().all(|byte| byte.is_ascii_digit()) {
            Check::Template.wrong(format!("{name}: the account has no such template"))
        } else {
            Check::Template.wrong(format!("{name}: not a template's ID, which is a number"))
        };
        return finding
            .at(path)
            .advise("take the ID from 正文模板 (body templates) in the SMS console");
    };
    if !template.serves(route) {
        let (side, key) = match route {
            Route::Mainland => ("overseas", "overseas"),
            Route::Overseas => ("the mainland", "china"),
        };
        let finding = Check::Template.wrong(format!("{name}: a template for {side} only"));
        let finding = finding.at(path).advise(format!(
            "write {{ \"china\": …, \"overseas\": … }}, with this one as \"{key}\""
        ));
        // One code for both sides serves one of them at least.
        return match entry.template_code {
            TemplateCode::Both(_) => finding.or_warning(),
            TemplateCode::Split { .. } => finding,
        };
    }
    let reply = because(&quoted(template.review_reply()));
    let (takes, gets) = (template.variables(), entry.params());
    match template.status() {
        Status::InReview => Check::Template
            .wrong(format!("{name}: in review"))
            .at(path)
            .advise("wait for the approval, or use an approved template"),
        Status::NotYetInForce => Check::Template
            .wrong(format!("{name}: approved, but not yet in force"))
            .at(path)
            .advise("wait, or use another template"),
        Status::Refused => Check::Template
            .wrong(format!("{name}: refused{reply}"))
            .at(path)
            .advise("mend and apply for it again in the SMS console, or use an approved template"),
        Status::Usable if takes != gets => Check::Template
            .wrong(format!("{name}: takes {} and gets {gets}", values(takes)))
            .at(entry.path_of_params())
            .advise(parameters_advice(takes)),
        Status::Usable => Check::Template.ok(format!("{name}: approved, takes {}", values(takes))),
    }
}

fn values(count: usize) -> String {
    match count {
        1 => "1 value".to_owned(),
        count => format!("{count} values"),
    }
}

fn parameters_advice(takes: usize) -> String {
    match takes {
        0 => "the code has no place in this text: use a template with {1}".to_owned(),
        1 => "leave templateParams out, or write [\"{{code}}\"]".to_owned(),
        takes => format!(
            "write templateParams with {takes} values, in the order of {{1}}, {{2}}, …, such as \
             [\"{{{{code}}}}\", \"10\"]"
        ),
    }
}
