package io.tuodui.gateway;

/**
 * A signed request, exactly as it goes over the wire: nothing may sort or encode it again.
 *
 * @param method {@code GET} or {@code POST}
 * @param path begins with a slash and follows the gateway's base URL
 * @param query the encoded query without its question mark, or {@code null}
 * @param form the encoded form body of a {@code POST}, or {@code null}
 */
public record GatewayRequest(String method, String path, String query, String form) {}
