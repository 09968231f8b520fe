//! The key of the config that decides each parameter of a request.

use crate::tencent::Parameter;

/// Returns the key that decides a parameter.
pub(super) const fn of(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::SecretId => "accessKeyId",
        Parameter::SecretKey => "accessKeySecret",
        Parameter::Token => "securityToken",
        Parameter::SignName => "signName",
        Parameter::SmsSdkAppId => "sdkAppId",
        Parameter::Region => "region",
        Parameter::Host => "endpoint",
        Parameter::TemplateId => "templateCode",
        Parameter::TemplateParamSet => "templateParams",
    }
}
