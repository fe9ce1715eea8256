package io.tuodui.gateway;

import java.time.Clock;

/** Finds the dialect that the configuration names. */
public final class Dialects {

  private Dialects() {}

  /**
   * The dialect of this name.
   *
   * @param dialect {@code aop} or {@code item-get}
   * @param api for {@code aop}, one of the APIs of {@link AopApi}; {@code null} or blank means its
   *     default. {@code item-get} has one API and takes no notice of this
   * @param country for the {@code aop} default API; {@code null} or blank means {@code en}
   * @param clock gives {@code item-get} its timestamp
   * @throws IllegalArgumentException when a name is unknown; the message lists the known ones
   */
  public static Dialect named(String dialect, String api, String country, Clock clock) {
    if (AopDialect.NAME.equals(dialect)) {
      return new AopDialect(AopApi.named(api, country));
    }
    if (ItemGetDialect.NAME.equals(dialect)) {
      return new ItemGetDialect(clock);
    }
    throw new IllegalArgumentException(
        "There is no dialect '"
            + dialect
            + "': use "
            + AopDialect.NAME
            + " (the 1688 Open Platform) or "
            + ItemGetDialect.NAME);
  }

  /**
   * The name of an API as {@link Dialect#api} gives it.
   *
   * @param name the same, or with a namespace and a colon before it
   * @throws IllegalArgumentException when no dialect has such an API; the message lists those there
   *     are
   */
  public static String api(String name) {
    return ItemGetDialect.API.equals(name) ? name : AopApi.named(name, null).name();
  }
}
