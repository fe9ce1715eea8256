package io.tuodui.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The answers that a connection still owes, in the order of its requests, each sent when its
 * latency is over. Used by the connection's event loop alone; what waits is plain heap memory, so
 * that a connection lost leaves nothing behind.
 */
final class Answers {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int MOST_OWED = 64;

  private record Owed(Answer answer, boolean keepAlive, long dueNanos) {}

  private final Latency latency;
  private final Deque<Owed> owed = new ArrayDeque<>();
  private Future<?> timer;

  Answers(Latency latency) {
    this.latency = latency;
  }

  void add(ChannelHandlerContext context, Answer answer, boolean keepAlive, long arrivalNanos) {
    long wait = answer.prompt() ? 0 : latency.nextNanos();
    if (answer.fault() == Fault.TIMEOUT) {
      wait = TIMEOUT_NANOS;
    }
    owed.add(new Owed(answer, keepAlive, arrivalNanos + wait));
    if (owed.size() == 1) {
      sendWhatIsDue(context);
    }
    // A client that sends on without reading its answers has to wait
    if (owed.size() >= MOST_OWED) {
      context.channel().config().setAutoRead(false);
    }
  }

  void cancel() {
    owed.clear();
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void sendWhatIsDue(ChannelHandlerContext context) {
    while (!owed.isEmpty()) {
      long wait = owed.peek().dueNanos - System.nanoTime();
      if (wait > 0) {
        timer =
            context.executor().schedule(() -> sendWhatIsDue(context), wait, TimeUnit.NANOSECONDS);
        return;
      }
      send(context, owed.poll());
    }
    if (!context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(true);
    }
  }

  private static void send(ChannelHandlerContext context, Owed owed) {
    Answer answer = owed.answer;
    if (answer.fault() != null) {
      if (answer.fault() == Fault.RESET) {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      }
      context.close();
      return;
    }
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    if (!owed.keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    ChannelFuture written = context.writeAndFlush(response);
    if (!owed.keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
