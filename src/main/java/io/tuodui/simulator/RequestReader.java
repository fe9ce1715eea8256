package io.tuodui.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a {@link Call} of a request, query and form merged, and gives it to the gateway at once.
 * One per connection.
 */
final class RequestReader extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
  private static final int LARGEST_BODY = 1 << 20;

  private final Gateway gateway;
  private final ArrivalStamp stamp;
  private final Answers answers;
  private String uri;
  private boolean keepAlive;
  private long arrivalNanos;
  private byte[] body = {};

  RequestReader(Gateway gateway, ArrivalStamp stamp, Answers answers) {
    this.gateway = gateway;
    this.stamp = stamp;
    this.answers = answers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      context.close();
      return;
    }
    if (part instanceof HttpRequest request) {
      uri = request.uri();
      keepAlive = HttpUtil.isKeepAlive(request);
      arrivalNanos = stamp.nanos();
      body = new byte[0];
    }
    if (part instanceof HttpContent content && !append(content.content())) {
      context.close();
    } else if (part instanceof LastHttpContent) {
      answers.add(context, answer(), keepAlive, arrivalNanos);
    }
  }

  private boolean append(ByteBuf bytes) {
    int more = bytes.readableBytes();
    if (more == 0) {
      return true;
    }
    if (body.length + more > LARGEST_BODY) {
      return false;
    }
    byte[] longer = Arrays.copyOf(body, body.length + more);
    bytes.readBytes(longer, body.length, more);
    body = longer;
    return true;
  }

  private Answer answer() {
    Call call;
    try {
      call = call();
    } catch (IllegalArgumentException notEncoded) {
      return Answer.promptText(400, notEncoded.getMessage().getBytes(StandardCharsets.UTF_8));
    }
    return gateway.answer(call);
  }

  private Call call() {
    QueryStringDecoder query = new QueryStringDecoder(uri);
    Map<String, String> parameters = new HashMap<>();
    query.parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
    if (body.length > 0) {
      String form = new String(body, StandardCharsets.UTF_8);
      new QueryStringDecoder(form, false)
          .parameters()
          .forEach((name, values) -> parameters.put(name, values.get(0)));
    }
    return new Call(query.path(), parameters, arrivalNanos);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    answers.cancel();
  }

  // When the caller went away, or sent something that is not HTTP, there is nobody to tell
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("The simulator failed at a request and dropped its connection", cause);
    }
    context.close();
  }
}
