package io.tuodui.config;

/** The words for a route that cannot be read or started. */
final class RouteFailureText {
  private RouteFailureText() {}

  static String of(Throwable failure) {
    return "ROUTE " + failure;
  }
}
