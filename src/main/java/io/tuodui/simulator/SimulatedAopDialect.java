package io.tuodui.simulator;

import io.tuodui.gateway.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The gateway's own protocol, {@code /openapi/param2/1/namespace/api/appKey}. It checks in the
 * order of protocol section 7.2: app key, API, signature, token, permission, parameters, limits.
 */
final class SimulatedAopDialect {
  private static final String SIGNATURE = "_aop_signature";

  private final Registry registry;
  private final Backend backend;
  private final AopErrors errors;
  private final Clock clock;

  SimulatedAopDialect(Registry registry, Backend backend, AopErrors errors, Clock clock) {
    this.registry = registry;
    this.backend = backend;
    this.errors = errors;
    this.clock = clock;
  }

  Answer answer(Call call, AopPath path) {
    SimulatedAccount account = registry.find(path.appKey());
    if (account == null) {
      SimulatedAccount strangers = registry.strangers();
      strangers.arrive(call.arrivalNanos(), null);
      boolean missing = path.appKey().isEmpty();
      return refuse(strangers, missing ? Refusal.APP_KEY_MISSING : Refusal.APP_KEY_UNKNOWN, null);
    }
    SimulatedAopApi api = SimulatedAopApi.named(path.namespace(), path.api());
    Refusal tooFast = account.arrive(call.arrivalNanos(), api == null ? null : path.api());
    Refusal refusal = identity(call, path, account, api);
    if (refusal != null) {
      return refuse(account, refusal, null);
    }
    ItemRequest item = api.item(call);
    if (item.refusal() != null) {
      return refuse(account, item.refusal(), item.argument());
    }
    refusal = account.admit(tooFast, path.api());
    if (refusal != null) {
      return refuse(account, refusal, null);
    }
    return backend.answer(() -> api.body(item.itemId(), clock), errors::upstream);
  }

  private static Refusal identity(
      Call call, AopPath path, SimulatedAccount account, SimulatedAopApi api) {
    if (api == null) {
      return Refusal.API_UNSUPPORTED;
    }
    String signature = call.parameter(SIGNATURE);
    if (signature == null) {
      return Refusal.SIGNATURE_MISSING;
    }
    Map<String, String> signed = new HashMap<>(call.parameters());
    signed.remove(SIGNATURE);
    String right = Signatures.aop(path.urlPath(), signed, account.account().appSecret());
    if (!same(right, signature.toUpperCase(Locale.ROOT))) {
      return Refusal.SIGNATURE_INVALID;
    }
    return api.needsToken() ? authorisation(call, account) : null;
  }

  private static Refusal authorisation(Call call, SimulatedAccount account) {
    String token = call.parameter("access_token");
    if (token == null) {
      return Refusal.TOKEN_MISSING;
    }
    if (!account.tokenValid(token)) {
      return Refusal.TOKEN_INVALID;
    }
    return account.declined() ? Refusal.ACL : null;
  }

  static boolean same(String right, String given) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private Answer refuse(SimulatedAccount account, Refusal refusal, String argument) {
    account.refused(refusal);
    return errors.refusal(refusal, argument);
  }
}
