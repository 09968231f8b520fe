//! `X-TC-Region`.

use std::fmt;

/// A Tencent Cloud region, such as `ap-guangzhou`.
///
/// The list of regions is open, because Tencent adds regions, and its two sites serve SMS in different
/// ones. These regions are known to serve SMS: ap-beijing, ap-guangzhou and ap-nanjing (mainland site;
/// seen in third parties' lists), ap-singapore and eu-frankfurt (international site; documented for its
/// bulk action only). Every text in the form of a region is accepted here; Tencent rejects regions
/// without SMS with `UnsupportedRegion`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region(String);

impl Region {
    /// Parses a region, or returns `None` for a text that does not have the form of a region.
    pub fn parse(region: &str) -> Option<Self> {
        has_the_form_of_a_region(region).then(|| Self(region.to_owned()))
    }
}

/// Returns true for a text that matches `^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$`.
fn has_the_form_of_a_region(text: &str) -> bool {
    let is_lowercase = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut parts = text.split('-');
    let area = parts.next().unwrap_or_default();
    let city = parts.next().unwrap_or_default();
    area.len() == 2
        && is_lowercase(area)
        && !city.is_empty()
        && is_lowercase(city)
        && parts.all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

impl Default for Region {
    fn default() -> Self {
        Self("ap-guangzhou".to_owned())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_recognised_by_their_form() {
        for good in [
            "ap-guangzhou",
            "ap-beijing",
            "ap-shanghai-fsi",
            "na-siliconvalley",
            "eu-frankfurt",
            "ap-singapore",
            "xy-newtown-2",
        ] {
            let region = Region::parse(good).map(|region| region.to_string());
            assert_eq!(region.as_deref(), Some(good));
        }
        for bad in [
            "guangzhou",
            "ap",
            "ap-",
            "ap-guangzhou-",
            "AP-GUANGZHOU",
            "ap_guangzhou",
            "apac-guangzhou",
            "ap-guang zhou",
            " ap-singapore",
            "ap-guangzhou\r\nX-TC-Token: x",
            "广州",
        ] {
            assert_eq!(Region::parse(bad), None, "{bad}");
        }
    }
}
