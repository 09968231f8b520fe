//! The destinations that a config allows.

use crate::phone::{CallingCode, PhoneNumber, Route};

/// The calling codes that messages may or may not go to.
///
/// The longest code that a number begins with decides: `1, !1876` allows North America without Jamaica.
/// Numbers without such a code are allowed if no code is allowed explicitly.
#[derive(Clone, Debug, Default)]
pub struct Destinations {
    /// Each code, and true if it is allowed or false if it is blocked.
    codes: Vec<(CallingCode, bool)>,
}

impl Destinations {
    /// Creates the destinations from calling codes. Each has `true` if it is allowed, or `false` if it is
    /// blocked. A code that is both is blocked.
    pub const fn new(codes: Vec<(CallingCode, bool)>) -> Self {
        Self { codes }
    }

    /// Returns true if messages to this number are allowed.
    pub fn allow(&self, number: &PhoneNumber) -> bool {
        let codes = self.codes.iter().filter(|(code, _)| code.covers(number));
        codes
            .max_by_key(|(code, is_allowed)| (code.digits().len(), !is_allowed))
            .map_or(self.allow_all_others(), |(_, is_allowed)| *is_allowed)
    }

    /// Returns true if messages to at least some numbers of that side are allowed.
    pub fn allow_some_on(&self, route: Route) -> bool {
        if self.allow_all_others() {
            return !self.codes.iter().any(|(code, _)| code.covers_all_of(route));
        }
        self.codes
            .iter()
            .any(|(code, is_allowed)| *is_allowed && code.may_lead_to(route))
    }

    fn allow_all_others(&self) -> bool {
        !self.codes.iter().any(|(_, is_allowed)| *is_allowed)
    }
}
