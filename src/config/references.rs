//! The references of a config that lead nowhere.

use std::convert::Infallible;

use super::{Config, Issue};
use crate::credentials::{Error, Progress, Source};
use crate::phone::Route;
use crate::step::{Event, Step};

impl Config {
    /// Returns an issue for each reference that does not lead to a part of a key on this machine, or the step that
    /// must be done first. `events` is everything that happened so far.
    pub fn check_references(&self, events: &[Event]) -> Result<Vec<Issue>, Box<Step<Infallible>>> {
        let mut issues = Vec::new();
        for route in Route::BOTH {
            let Source::References(referenced) = &self.account(route).credentials else {
                continue;
            };
            match referenced.key(events) {
                Ok(Progress::Next(step)) => return Err(Box::new(step)),
                Err(Error::Reference { part, problem }) => {
                    let issue = Issue {
                        path: self.path_of_account(part, route),
                        message: problem,
                    };
                    // Both sides often have the same key.
                    if !issues.contains(&issue) {
                        issues.push(issue);
                    }
                }
                Ok(Progress::Key(_)) | Err(Error::Temporary { .. }) => {}
            }
        }
        Ok(issues)
    }
}
