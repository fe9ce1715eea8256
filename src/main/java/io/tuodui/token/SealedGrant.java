package io.tuodui.token;

/**
 * The tokens of one account, sealed.
 *
 * @param configured what the configuration said when they began
 * @param accessToken {@code null} when there is none
 */
record SealedGrant(String account, String configured, String accessToken, String refreshToken) {}
