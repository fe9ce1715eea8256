package io.tuodui.simulator;

import java.util.Locale;

/**
 * Why the gateway refuses a call, as each dialect says it: the gateway's own errors (protocol
 * section 4.1) and TOP's (4.2). In the texts {@code %s} is the parameter that is missing or wrong,
 * or the seconds that a ban still lasts.
 */
enum Refusal {
  APP_KEY_MISSING(400, "gw.AppKeyMissing", "AppKey is missing", 28, "Missing App Key"),
  APP_KEY_UNKNOWN(400, "gw.AppKeyNotFound", "AppKey is not found", 29, "Invalid App Key"),
  API_UNSUPPORTED(400, "gw.APIUnsupported", "Unsupport API", 22, "Invalid Method"),
  SIGNATURE_MISSING(400, "gw.SignatureMissing", "Signature is missing", 24, "Missing Signature"),
  SIGNATURE_INVALID(400, "gw.SignatureInvalid", "Invalid signature", 25, "Invalid signature"),
  TIMESTAMP_MISSING(400, "gw.ParamMissing", "Required argument %s", 30, "Missing Timestamp"),
  TIMESTAMP_INVALID(400, "gw.ParamMissing", "Required argument %s", 31, "Invalid Timestamp"),
  TOKEN_MISSING(401, "401", "Request need user authenticated", 26, "Missing Session"),
  TOKEN_INVALID(401, "401", "Request need user authorized", 27, "Invalid Session"),
  ACL(400, "gw.APIACLDecline", "AppKey is not allowed(acl)", 11, "Insufficient ISV Permissions"),
  PARAM_MISSING(
      400,
      "gw.ParamMissing",
      "Required argument %s",
      40,
      "Missing Required Arguments",
      "isv.missing-parameter:%s",
      "Missing parameter %s"),
  PARAM_INVALID(
      400,
      "gw.ParamMissing",
      "Required argument %s",
      41,
      "Invalid Arguments",
      "isv.invalid-parameter:%s",
      "Invalid parameter %s"),
  /** The gateway's words are not known; TOP's sub-code is its one for the API of one app. */
  PER_API_SECOND(
      400,
      "gw.QosAPIFrequencyLimit",
      "API call exceeds limited frequency",
      7,
      "App Call Limited",
      "accesscontrol.limited-by-app-api-access-count",
      "This ban will last for %s more seconds"),
  PER_API_MINUTE(
      400,
      "gw.QosAPIFrequencyLimit",
      "API call exceeds limited frequency",
      7,
      "App Call Limited",
      "accesscontrol.limited-by-app-api-access-count",
      "This ban will last for %s more seconds"),
  PER_API_DAY(
      400,
      "gw.QosAPIFrequencyLimit",
      "Beyond the API call frequency limit",
      7,
      "App Call Limited",
      "accesscontrol.limited-by-app-api-access-count",
      "This ban will last for %s more seconds"),
  PER_SECOND(
      400,
      "gw.QosAppFrequencyLimit",
      "App call exceeds limited frequency",
      7,
      "App Call Limited",
      "accesscontrol.limited-by-api-access-count",
      "This ban will last for %s more seconds"),
  PER_MINUTE(
      400,
      "gw.QosAppFrequencyLimit",
      "App call exceeds limited frequency",
      7,
      "App Call Limited",
      "accesscontrol.limited-by-api-access-count",
      "This ban will last for %s more seconds"),
  PER_DAY(
      400,
      "gw.QosAppFrequencyLimit",
      "Beyond the app call frequency limit",
      7,
      "App Call Limited",
      "accesscontrol.limited-by-app-access-count",
      "This ban will last for %s more seconds"),
  PACKAGE(
      400,
      "gw.NoUsageLeftError",
      "SLA bill has no usage left",
      7,
      "App Call Limited",
      "accesscontrol.limited-by-app-access-count",
      "This ban will last for %s more seconds");

  final int status;
  final String code;
  final String message;
  final int topCode;
  final String topMessage;
  final String topSubCode;
  final String topSubMessage;

  Refusal(int status, String code, String message, int topCode, String topMessage) {
    this(status, code, message, topCode, topMessage, null, null);
  }

  Refusal(
      int status,
      String code,
      String message,
      int topCode,
      String topMessage,
      String topSubCode,
      String topSubMessage) {
    this.status = status;
    this.code = code;
    this.message = message;
    this.topCode = topCode;
    this.topMessage = topMessage;
    this.topSubCode = topSubCode;
    this.topSubMessage = topSubMessage;
  }

  /** Its name in {@code /stats}: {@code per-second}, {@code signature-invalid}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
