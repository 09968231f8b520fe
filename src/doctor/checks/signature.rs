//! The check that the signature exists and is approved.

use crate::config::Path;
use crate::phone::Route;
use crate::quoted::quoted;
use crate::tencent::actions::{
    Entry, LARGEST_PAGE, OutdatedType, Qualification, Signature, Status, describe_sms_sign_list,
};
use crate::tencent::{Account, Endpoint, Parameter};
use crate::text::{Id, Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::{Pending, Reply};
use crate::doctor::report::{Check, Finding, State, redact_long};

/// The most pages that are read. No account has more signatures.
const MAX_PAGES: usize = 10;

impl Examination<'_> {
    pub(in crate::doctor) fn check_signature(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        route: Route,
    ) -> Result<(), Pending> {
        let Some(sign_name) = self.config.account(route).sign_name.as_deref() else {
            return Ok(());
        };
        let path = self.path_of(Parameter::SignName, &[route]);
        let signatures = match self.signatures(account, endpoint, route)? {
            Ok(signatures) => signatures,
            Err(failed_call) => {
                let finding = self.judge_failure(Check::Signature, &[route], &failed_call);
                self.add(finding);
                return Ok(());
            }
        };
        let mut known = signatures.iter().map(Signature);
        let finding = match known.find(|known| known.name() == sign_name) {
            Some(signature) => judge(signature, path, route),
            None => {
                let other_side = route.other();
                let elsewhere = self.signatures(account, endpoint, other_side)?;
                let elsewhere = elsewhere.unwrap_or_default();
                missing(sign_name, &signatures, &elsewhere, route).at(path)
            }
        };
        // A config that does not distinguish the sides sends the mainland's signature overseas, which
        // may work.
        let finding = if route == Route::Overseas && self.config.shares_signature() {
            finding.downgraded()
        } else {
            finding
        };
        if finding.state == State::Ok {
            self.accept(Parameter::SignName, &[route]);
        }
        self.add(finding.on(&[route]));
        Ok(())
    }

    fn signatures(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        route: Route,
    ) -> Result<Reply, Pending> {
        let mut signatures = Vec::new();
        for page in 0..MAX_PAGES {
            let call = describe_sms_sign_list(route, page * LARGEST_PAGE);
            match self.replay.call(account, endpoint, call)? {
                Ok(page) => {
                    let is_last = page.len() < LARGEST_PAGE;
                    signatures.extend(page);
                    if is_last {
                        break;
                    }
                }
                Err(failed_call) => return Ok(Err(failed_call)),
            }
        }
        Ok(Ok(signatures))
    }
}

fn judge(signature: Signature<'_>, path: Path, route: Route) -> Finding {
    let name = quoted(signature.name());
    let thing = Text::new(id::SIGNATURE_QUOTED).with("name", &name);
    let review = Check::Signature.reviewed(thing, signature.status(), signature.review_reply());
    let warning = |what: Text, advice| {
        let finding = Check::Signature.warning(what.with("name", &name));
        finding.at(path.clone()).advise(Text::new(advice))
    };
    if let Some(finding) = review {
        finding.at(path)
    } else if let Some((state, advice)) = signature.qualification().and_then(anomaly) {
        let what = Text::new(id::SIGNATURE_QUALIFICATION).with_text("state", Text::new(state));
        warning(what, advice)
    } else if let Some(outdated) = signature.outdated_type(route) {
        let outdated = Text::new(match outdated {
            OutdatedType::App => id::SIGNATURE_TYPE_APP,
            OutdatedType::Website => id::SIGNATURE_TYPE_WEBSITE,
            OutdatedType::OfficialAccount => id::SIGNATURE_TYPE_OFFICIAL_ACCOUNT,
            OutdatedType::MiniProgram => id::SIGNATURE_TYPE_MINI_PROGRAM,
        });
        let what = Text::new(id::SIGNATURE_TYPE).with_text("type", outdated);
        warning(what, id::SIGNATURE_TYPE_DO)
    } else {
        Check::Signature.ok(Text::new(id::SIGNATURE_OK).with("name", &name))
    }
}

/// Returns the state of a qualification that is not approved, and the advice.
const fn anomaly(qualification: Qualification) -> Option<(Id, Id)> {
    match qualification {
        Qualification::Approved => None,
        Qualification::InReview => {
            Some((id::QUALIFICATION_IN_REVIEW, id::QUALIFICATION_IN_REVIEW_DO))
        }
        Qualification::Incomplete => Some((
            id::QUALIFICATION_INCOMPLETE,
            id::QUALIFICATION_INCOMPLETE_DO,
        )),
        Qualification::Refused => Some((id::QUALIFICATION_REFUSED, id::QUALIFICATION_REFUSED_DO)),
    }
}

fn missing(sign_name: &str, here: &[Entry], elsewhere: &[Entry], route: Route) -> Finding {
    let mut all = here.iter().chain(elsewhere).map(Signature);
    let id = sign_name.parse().ok();
    if let Some(signature) = all.find(|known| id.is_some() && known.id() == id) {
        let name = quoted(signature.name());
        return Check::Signature
            .wrong(Text::new(id::SIGNATURE_IS_ID))
            .advise(Text::new(id::SIGNATURE_IS_ID_DO).with("name", &name));
    }
    let is_elsewhere = |known: &Entry| Signature(known).name() == sign_name;
    if elsewhere.iter().any(is_elsewhere) {
        let (what, advice) = match route {
            Route::Mainland => (id::SIGNATURE_OVERSEAS_ONLY, id::SIGNATURE_OVERSEAS_ONLY_DO),
            Route::Overseas => (id::SIGNATURE_MAINLAND_ONLY, id::SIGNATURE_MAINLAND_ONLY_DO),
        };
        return Check::Signature
            .wrong(Text::new(what).with_text("name", redact_long(sign_name)))
            .advise(Text::new(advice));
    }
    let usable: Vec<_> = here
        .iter()
        .map(Signature)
        .filter(|known| known.status() == Status::Usable)
        .take(5)
        .map(|known| format!("\"{}\"", quoted(known.name())))
        .collect();
    let advice = if usable.is_empty() {
        Text::new(id::SIGNATURE_NONE_DO)
    } else {
        Text::new(id::SIGNATURE_MISSING_DO).with("names", &usable.join(", "))
    };
    Check::Signature
        .wrong(Text::new(id::SIGNATURE_MISSING).with_text("name", redact_long(sign_name)))
        .advise(advice)
}
