package io.tuodui.simulator;

/**
 * What sets a variant apart: its colour, with a picture, and its size where the product has sizes.
 * Each API has a shape of its own for one of these.
 */
final class SkuAttributes {

  /** Writes one attribute as an API gives it. */
  interface Shape {

    /**
     * @param image address or path of its picture, {@code null} if it has none
     */
    void write(Utf8Json json, Category.Option option, Word value, String image);
  }

  private SkuAttributes() {}

  /**
   * Writes the array of a variant's attributes.
   *
   * @param host what the API puts before the paths of pictures
   */
  static void write(
      Utf8Json json, String name, Product product, int sku, String host, Shape shape) {
    json.array(name);
    String image = host + product.image(200 + sku / product.secondValues);
    shape.write(json, product.category.first(), product.firstValue(sku), image);
    if (product.hasSecond()) {
      shape.write(json, product.category.second(), product.secondValue(sku), null);
    }
    json.endArray();
  }
}
