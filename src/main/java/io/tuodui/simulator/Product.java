package io.tuodui.simulator;

import java.time.LocalDate;
import java.util.Locale;

/**
 * The facts of one simulated product, from which each API writes its own shape. A pure function of
 * the id. What a product has dozens of, its variants, is worked out when it is asked for.
 */
final class Product {
  private static final Word[] STYLES =
      Word.list(
          "2026新款=New, 跨境爆款=Bestseller, 厂家直销=Factory direct, 外贸原单=Export, 一件代发=Dropship,"
              + " 春秋季=Spring and autumn, 高品质=High quality, \"网红\"同款=Influencer");
  private static final String[] TOWNS = {
    "浙江省义乌市", "广东省广州市", "福建省泉州市", "浙江省杭州市", "江苏省苏州市", "河北省保定市", "山东省临沂市", "广东省深圳市"
  };
  private static final String[] FIRMS = {"伊念", "鑫源", "恒达", "美尚", "华诚", "瑞丰", "同创", "晨曦"};
  private static final int[] TIER_STARTS = {1, 2, 3, 5, 10, 20, 48, 50, 100, 200, 500, 1000};

  final long id;
  final Category category;
  final Word style;
  final Word noun;
  final String town;
  final String firm;
  final long sellerId;
  final int firstValues;
  final int secondValues;
  final int firstTier;
  final int tiers;
  final int baseFen;
  final int promotionPercent;
  final int images;
  final int sold;
  final LocalDate created;

  Product(long id) {
    this.id = id;
    Dice dice = new Dice(id);
    category = dice.pick(Category.ALL);
    style = dice.pick(STYLES);
    noun = dice.pick(category.nouns());
    town = dice.pick(TOWNS);
    firm = dice.pick(FIRMS);
    sellerId = 2_200_000_000_000L + dice.below(900_000_000) * 17L;
    firstValues = dice.percent(80) ? dice.between(1, 4) : dice.between(5, 12);
    secondValues = dice.percent(40) ? 1 : dice.between(2, 5);
    firstTier = dice.below(5);
    tiers = dice.between(1, 4);
    baseFen = category.lowFen() + dice.below(category.lowFen() * 5);
    promotionPercent = dice.percent(30) ? dice.between(5, 20) : 0;
    images = dice.between(1, 8);
    sold = dice.percent(10) ? 0 : 1 << dice.below(16);
    created = LocalDate.of(2016, 1, 1).plusDays(dice.below(3600));
  }

  /** Dice for the noise of one shape: which fields are null there, and of which type. */
  Dice noise() {
    return new Dice(~id);
  }

  String subject() {
    return style.chinese() + " " + noun.chinese() + " " + firm + category.name() + "批发";
  }

  String subjectTrans() {
    return style.english() + " " + noun.english().toLowerCase(Locale.ROOT) + ", wholesale";
  }

  String status() {
    return SimulatedItems.shelf(id) == SimulatedItems.Shelf.EXPIRED
        ? "member expired"
        : "published";
  }

  String company() {
    return town.substring(3) + firm + "贸易有限公司";
  }

  String loginId() {
    return firm + category.name() + sellerId % 1000;
  }

  int tierStart(int tier) {
    return TIER_STARTS[firstTier + tier * 2];
  }

  int tierFen(int tier) {
    return baseFen - baseFen * tier * 4 / 100;
  }

  int promotionFen(int fen) {
    return fen - fen * promotionPercent / 100;
  }

  int skus() {
    return firstValues * secondValues;
  }

  Word firstValue(int sku) {
    return category.first().values()[sku / secondValues];
  }

  Word secondValue(int sku) {
    return category.second().values()[sku % secondValues];
  }

  boolean hasSecond() {
    return secondValues > 1;
  }

  long skuBits(int sku) {
    return Dice.mix(id * 61 + sku);
  }

  long skuId(int sku) {
    return 3_000_000_000_000L + (skuBits(sku) >>> 8) % 2_500_000_000L * 1000 + sku;
  }

  /** Larger variants cost more; the first is the cheapest. */
  int skuFen(int sku) {
    return baseFen + baseFen * (sku % secondValues) * 6 / 100;
  }

  int skuStock(int sku) {
    long bits = skuBits(sku) >>> 40;
    return bits % 10 == 0 ? 0 : (int) (bits % 12_000);
  }

  long stock() {
    long stock = 0;
    for (int sku = 0; sku < skus(); sku++) {
      stock += skuStock(sku);
    }
    return stock;
  }

  /** A picture's path below the platform's image host, in the newer or the older form. */
  String image(int number) {
    long bits = Dice.mix(id * 31 + number);
    if (bits % 4 != 0) {
      return "img/ibank/O1CN01" + Long.toString(bits >>> 1, 36) + "_!!" + sellerId + "-0-cib.jpg";
    }
    long low = bits >>> 44;
    return "img/ibank/"
        + (2015 + low % 6)
        + "/"
        + (100 + low % 900)
        + "/"
        + (100 + low / 1000 % 900)
        + "/"
        + (bits >>> 30)
        + "_"
        + sellerId % 1_000_000_000
        + ".jpg";
  }
}
