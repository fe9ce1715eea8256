package io.tuodui.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.account.Account;
import io.tuodui.gateway.Dialect;
import io.tuodui.gateway.GatewayRequest;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.gateway.Verdict;
import io.tuodui.item.Sha256;
import io.tuodui.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.http.HttpMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The steps around the HTTP call: sign before it, read after it. */
@Component
public final class GatewayCalls {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayCalls.class);

  /** One node may die of anything; two of the same task are no coincidence. */
  private static final int DEATHS_OF_POISON = 2;

  private final Dialect dialect;
  private final DepartureGate gate;
  private final AccountCare care;
  private final GatewaySilence silence;
  private final MeterRegistry meters;
  private final Clock clock;

  GatewayCalls(
      Dialect dialect,
      DepartureGate gate,
      AccountCare care,
      GatewaySilence silence,
      MeterRegistry meters,
      Clock clock) {
    this.dialect = dialect;
    this.gate = gate;
    this.care = care;
    this.silence = silence;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Makes the claimed task in the body the exchange's call.
   *
   * @throws PoisonTask when too many nodes died of it
   */
  public void open(@Body Task task, Exchange exchange) throws PoisonTask {
    exchange.setProperty(Call.PROPERTY, new Call(task, clock));
    if (task.deaths() >= DEATHS_OF_POISON) {
      throw new PoisonTask(task.deaths());
    }
  }

  /** Writes the signed request into the message, exactly as it is to be sent. */
  public void sign(Exchange exchange, @ExchangeProperty(Call.PROPERTY) Call call) {
    GatewayRequest request = dialect.itemDetail(call.account(), call.task().itemId());
    Message message = exchange.getMessage();
    // As the type that the component wants: it would search all its converters for every call.
    message.setHeader(HttpConstants.HTTP_METHOD, HttpMethods.valueOf(request.method()));
    message.setHeader(HttpConstants.HTTP_PATH, request.path());
    message.setHeader(HttpConstants.HTTP_RAW_QUERY, request.query());
    if (request.form() != null) {
      message.setHeader(
          HttpConstants.CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
      message.setBody(request.form().getBytes(StandardCharsets.US_ASCII));
    } else {
      message.setBody(null);
    }
    call.started();
    gate.announce(call);
  }

  /**
   * Reads the reply: the body becomes the task's outcome, and the account is treated as the reply
   * demands.
   *
   * @throws UpstreamFailure when the platform's own side failed
   */
  public void read(Exchange exchange, @ExchangeProperty(Call.PROPERTY) Call call)
      throws UpstreamFailure {
    silence.broken();
    Message message = exchange.getMessage();
    int status = message.getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
    byte[] body = message.getBody(byte[].class);
    body = body == null ? new byte[0] : body;
    Verdict verdict =
        body.length > ReplyBounds.LARGEST_BODY
            ? Verdict.malformed(
                "too-large",
                "a reply of more than " + ReplyBounds.LARGEST_BODY + " bytes is too large")
            : dialect.read(call.task().itemId(), status, body);
    call.replied(status, body, Sha256.hex(body));
    meters.timer("tuodui.call", "class", verdict.replyClass().word()).record(call.took());
    if (verdict.replyClass() == ReplyClass.THROTTLED) {
      call.refusedForRate();
    }
    tellAccount(call.account(), verdict);
    if (verdict.replyClass() == ReplyClass.UPSTREAM) {
      throw new UpstreamFailure(verdict);
    }
    message.removeHeaders("*");
    message.setBody(call.outcome(verdict));
  }

  /** What the reply says of the task holds, whether or not the account can be told. */
  private void tellAccount(Account account, Verdict verdict) {
    try {
      care.heed(account, verdict);
    } catch (DataAccessException away) {
      LOG.warn(
          "{} was answered with {}, which cannot be noted for all nodes now: {}",
          account,
          verdict.replyClass().word(),
          away.getMessage());
    }
  }
}
