package io.tuodui.gateway;

import io.tuodui.account.Account;
import java.util.Map;
import java.util.TreeMap;

/**
 * The 1688 Open Platform's own protocol: a signed form to {@code
 * /openapi/param2/1/{namespace}/{api}/{appKey}} (protocol sections 1a and 2). The optional {@code
 * _aop_timestamp} is not sent, as in the platform's own SDKs: a node's wrong clock then costs
 * nothing.
 */
public final class AopDialect implements Dialect {

  /** The name in the configuration. */
  public static final String NAME = "aop";

  private final AopApi api;

  public AopDialect(AopApi api) {
    this.api = api;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String api() {
    return api.name();
  }

  @Override
  public GatewayRequest itemDetail(Account account, long itemId) {
    String urlPath = "param2/1/" + api.namespace() + "/" + api.name() + "/" + account.appKey();
    Map<String, String> parameters = new TreeMap<>(api.arguments(itemId));
    if (account.accessToken() != null) {
      parameters.put("access_token", account.accessToken());
    }
    parameters.put("_aop_signature", Signatures.aop(urlPath, parameters, account.appSecret()));
    return new GatewayRequest("POST", "/openapi/" + urlPath, null, FormEncoding.encode(parameters));
  }

  @Override
  public Verdict read(long itemId, int httpStatus, byte[] body) {
    return ReplyReader.read(httpStatus, body, root -> AopReplies.judge(itemId, httpStatus, root));
  }
}
