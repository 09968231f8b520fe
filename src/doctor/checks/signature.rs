//! Is the signature there, and approved.

use crate::config::Path;
use crate::phone::Route;
use crate::tencent::actions::{Entry, LARGEST_PAGE, Signature, Status, describe_sms_sign_list};
use crate::tencent::{Account, Endpoint, Parameter};

use crate::doctor::examine::Examination;
use crate::doctor::replay::{Reply, Unanswered};
use crate::doctor::report::{Check, Finding};
use crate::doctor::report::{quoted, shown};

/// More signatures than that no account has.
const MOST_PAGES: usize = 10;

impl Examination<'_> {
    pub(in crate::doctor) fn signature(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        route: Route,
    ) -> Result<(), Unanswered> {
        let Some(sign_name) = account_signature(self.config.account(route)) else {
            return Ok(());
        };
        let path = self.path_of(Parameter::SignName, &[route]);
        let signatures = match self.signatures(account, endpoint, route)? {
            Ok(signatures) => signatures,
            Err(no_answer) => {
                let finding = self.unanswered(Check::Signature, &[route], &no_answer);
                self.find(finding);
                return Ok(());
            }
        };
        let mut known = signatures.iter().map(Signature);
        let finding = match known.find(|known| known.name() == sign_name) {
            Some(signature) => judge(signature, path),
            None => {
                let other_side = route.other();
                let elsewhere = self.signatures(account, endpoint, other_side)?;
                let elsewhere = elsewhere.unwrap_or_default();
                missing(sign_name, &signatures, &elsewhere, route).at(path)
            }
        };
        // The mainland's signature goes overseas by a config that makes no difference: it may serve.
        let finding = if route == Route::Overseas && self.config.shares_signature() {
            finding.or_warning()
        } else {
            finding
        };
        self.find(finding.on(&[route]));
        Ok(())
    }

    fn signatures(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        route: Route,
    ) -> Result<Reply, Unanswered> {
        let mut signatures = Vec::new();
        for page in 0..MOST_PAGES {
            let call = describe_sms_sign_list(route, page * LARGEST_PAGE);
            match self.replay.ask(account, endpoint, call)? {
                Ok(page) => {
                    let is_last = page.len() < LARGEST_PAGE;
                    signatures.extend(page);
                    if is_last {
                        break;
                    }
                }
                Err(no_answer) => return Ok(Err(no_answer)),
            }
        }
        Ok(Ok(signatures))
    }
}

/// As Tencent has it: somebody may have written the 【】, which is told elsewhere.
fn account_signature(account: &Account) -> Option<&str> {
    let sign_name = account.sign_name.as_deref()?;
    Some(sign_name.trim_matches(['【', '】']))
}

fn judge(signature: Signature<'_>, path: Path) -> Finding {
    let name = format!("\"{}\"", quoted(signature.name()));
    let review = Check::Signature.reviewed(&name, signature.status(), signature.review_reply());
    match review {
        Some(finding) => finding.at(path),
        None if signature.lacks_qualification() => Check::Signature
            .warning(format!("{name} is approved, the qualification behind it is not"))
            .at(path)
            .advise("look at 实名资质 (real-name qualification) in the SMS console: carriers block what lacks it"),
        None => Check::Signature.ok(format!("{name} is approved")),
    }
}

fn missing(sign_name: &str, here: &[Entry], elsewhere: &[Entry], route: Route) -> Finding {
    let mut all = here.iter().chain(elsewhere).map(Signature);
    if let Some(signature) = all.find(|known| known.has_id(sign_name)) {
        let name = quoted(signature.name());
        return Check::Signature
            .wrong("this is the signature's ID, not its text")
            .advise(format!("put \"{name}\" there"));
    }
    let shown = shown(sign_name);
    if elsewhere
        .iter()
        .any(|known| Signature(known).name() == sign_name)
    {
        let (side, advice) = match route {
            Route::Mainland => (
                "for messages overseas only",
                "apply for one for mainland messages (国内短信) in the SMS console",
            ),
            Route::Overseas => (
                "for the mainland only",
                "leave it out: overseas no signature is needed; or apply for one there",
            ),
        };
        return Check::Signature
            .wrong(format!("\"{shown}\" is a signature {side}"))
            .advise(advice);
    }
    let mut advice = String::new();
    let usable = here.iter().map(Signature);
    for signature in usable
        .filter(|known| known.status() == Status::Usable)
        .take(5)
    {
        let separator = if advice.is_empty() {
            "use an approved one: "
        } else {
            ", "
        };
        advice.push_str(&format!("{separator}\"{}\"", quoted(signature.name())));
    }
    if advice.is_empty() {
        advice.push_str("apply for a signature in the SMS console");
    }
    Check::Signature
        .wrong(format!("the account has no signature \"{shown}\""))
        .advise(advice)
}
