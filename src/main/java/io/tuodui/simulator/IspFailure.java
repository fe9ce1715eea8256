package io.tuodui.simulator;

/**
 * How the gateway says that the service behind it failed (protocol section 4.1). The real statuses
 * are not known: these are what an old client of the platform took them for.
 */
enum IspFailure {
  INVOKE_ERROR(400, "gw.ISPInvokeError", "ISP invoke error"),
  INVOKE_TIMEOUT(504, "gw.ISPInvokeTimeout", "ISP invoke timeout"),
  CONNECT_ERROR(502, "gw.ISPConnectError", "ISP connect error");

  final int status;
  final String code;
  final String message;

  IspFailure(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }
}
