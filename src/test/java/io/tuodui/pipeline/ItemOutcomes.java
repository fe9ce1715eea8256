package io.tuodui.pipeline;

import io.tuodui.collect.Outcome;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.item.Attribute;
import io.tuodui.item.Item;
import io.tuodui.item.PriceTier;
import io.tuodui.item.Seller;
import io.tuodui.item.Sha256;
import io.tuodui.item.Sku;
import io.tuodui.task.Task;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Outcomes of calls that were never made: items in versions that can be told apart. */
final class ItemOutcomes {

  private ItemOutcomes() {}

  /** Version 1 has one part of each kind, version 2 two, and so on. */
  static Item item(long id, int version) {
    List<Sku> skus = new ArrayList<>();
    List<PriceTier> tiers = new ArrayList<>();
    List<String> images = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < version; i++) {
      Attribute colour = new Attribute(1L, "颜色", "红 " + version);
      skus.add(new Sku(id + i, "s" + i, "c", price(version), 5L, List.of(colour), null));
      tiers.add(new PriceTier(i + 1, price(version), null));
      images.add("https://cbu01.alicdn.com/" + version + "/" + i + ".jpg");
      attributes.add(new Attribute(2L, "材质", "v" + version));
    }
    return new Item(
        id,
        "title " + version,
        7L,
        null,
        Item.PUBLISHED,
        price(version),
        price(version),
        1,
        5L,
        "件",
        "CNY",
        new Seller("BBB" + id, "login " + version, "company " + version),
        null,
        null,
        images,
        skus,
        tiers,
        attributes);
  }

  private static BigDecimal price(int version) {
    return new BigDecimal(version + ".10");
  }

  static Outcome found(long id, int version, Instant at) {
    return outcome(
        id, ReplyClass.SUCCEEDED, item(id, version), "{\"version\":" + version + "}", at);
  }

  static Outcome gone(long id, Instant at) {
    return outcome(id, ReplyClass.GONE, null, "{\"gone\":true}", at);
  }

  static Outcome outcome(long id, ReplyClass replyClass, Item item, String reply, Instant at) {
    byte[] body = reply.getBytes(StandardCharsets.UTF_8);
    return new Outcome(
        new Task("item-detail", id, 1, 0),
        replyClass,
        null,
        null,
        null,
        item,
        "sim-001",
        200,
        body,
        Sha256.hex(body),
        at,
        1,
        0);
  }
}
