"""Calls Tencent's SDK for Python.

Reads {"endpoint", "secretId", "secretKey", "method", "signMethod", "unsignedPayload", "calls"} as JSON from
standard input, and prints the answers. A call is [action, parameters].
"""

import json
import sys

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models, sms_client


def answer(client, action, parameters):
    if not hasattr(client, action):
        return {"absent": True}
    request = getattr(models, action + "Request")()
    request.from_json_string(json.dumps(parameters))
    try:
        return json.loads(getattr(client, action)(request).to_json_string())
    except TencentCloudSDKException as error:
        return {"error": error.code, "message": error.message, "requestId": error.requestId}


wish = json.load(sys.stdin)
profile = ClientProfile(
    signMethod=wish["signMethod"],
    httpProfile=HttpProfile(protocol="http", endpoint=wish["endpoint"], reqMethod=wish["method"]),
)
profile.unsignedPayload = wish["unsignedPayload"]
client = sms_client.SmsClient(
    Credential(wish["secretId"], wish["secretKey"]), "ap-guangzhou", profile
)
print(json.dumps([answer(client, *call) for call in wish["calls"]]))
