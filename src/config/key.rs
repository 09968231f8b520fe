//! The keys of a config that Tencent's refusals point at.

/// A key that Tencent's refusals point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigKey {
    /// `accessKeyId`
    AccessKeyId,
    /// `accessKeySecret`
    AccessKeySecret,
    /// `securityToken`
    SecurityToken,
    /// `signName`
    SignName,
    /// `sdkAppId`
    SdkAppId,
    /// `region`
    Region,
    /// `endpoint`
    Endpoint,
    /// `templates[].templateCode`
    TemplateCode,
    /// `templates[].templateParams`
    TemplateParams,
}

impl ConfigKey {
    /// As it is written in a config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccessKeyId => "accessKeyId",
            Self::AccessKeySecret => "accessKeySecret",
            Self::SecurityToken => "securityToken",
            Self::SignName => "signName",
            Self::SdkAppId => "sdkAppId",
            Self::Region => "region",
            Self::Endpoint => "endpoint",
            Self::TemplateCode => "templateCode",
            Self::TemplateParams => "templateParams",
        }
    }
}
