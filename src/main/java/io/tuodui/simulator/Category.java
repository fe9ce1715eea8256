package io.tuodui.simulator;

/**
 * A kind of product: what it may be called, and what its variants differ in.
 *
 * @param id the leaf category
 * @param top the root above it
 * @param third the leaf's number on the third level; {@code null} where there are two
 * @param first sets variants apart: usually the colour
 * @param second sets variants apart further: usually the size
 * @param lowFen the cheapest sensible price, in fen
 */
record Category(
    long id,
    long top,
    Long third,
    String name,
    Word[] nouns,
    Word unit,
    Option first,
    Option second,
    int lowFen) {

  /** A property in which variants differ, by the platform's number for it. */
  record Option(long id, Word name, Word[] values) {
    static Option of(long id, String name, String values) {
      return new Option(id, Word.list(name)[0], Word.list(values));
    }
  }

  private static final Word PIECE = new Word("件", "Piece");
  private static final Option COLOUR =
      Option.of(
          3216,
          "颜色=Color",
          "黑色=Black, 白色=White, 红色=Red, 藏青=Navy, 卡其=Khaki, 军绿=Army green, 粉色=Pink, 灰色=Grey,"
              + " 酒红=Wine, 天蓝=Sky blue, 米黄=Beige, 咖啡=Coffee");
  private static final Option SIZE = Option.of(450, "尺码=Size", "S=S, M=M, L=L, XL=XL, 2XL=2XL");
  private static final Option SHOE_SIZE =
      Option.of(450, "尺码=Size", "36=36, 37=37, 38=38, 39=39, 40=40");
  private static final Option VOLUME =
      Option.of(1654, "规格=Specification", "200mL=200mL, 500mL=500mL, 1000mL=1L, 2L=2L, 5L=5L");
  private static final Option LENGTH =
      Option.of(1654, "规格=Specification", "1米=1m, 2米=2m, 3米=3m, 5米=5m, 10米=10m");

  /** All that the simulator sells. */
  static final Category[] ALL = {
    new Category(
        1031919,
        10166,
        null,
        "连衣裙",
        Word.list("法式碎花连衣裙=Floral dress, 针织连衣裙=Knitted dress, 雪纺长裙=Chiffon dress"),
        PIECE,
        COLOUR,
        SIZE,
        1990),
    new Category(
        122204003,
        10165,
        1031910L,
        "T恤",
        Word.list("纯棉短袖T恤=Cotton T-shirt, 重磅落肩T恤=Heavy T-shirt, 速干运动T恤=Sports T-shirt"),
        PIECE,
        COLOUR,
        SIZE,
        990),
    new Category(
        1038378,
        1038378,
        null,
        "休闲鞋",
        Word.list("厚底老爹鞋=Dad shoes, 透气网面运动鞋=Mesh trainers, 一脚蹬懒人鞋=Slip-ons"),
        new Word("双", "Pair"),
        COLOUR,
        SHOE_SIZE,
        2500),
    new Category(
        124188003,
        13,
        1034304L,
        "保温杯",
        Word.list("304不锈钢保温杯=Steel thermos, 大容量吸管杯=Straw cup, 便携玻璃杯=Glass bottle"),
        new Word("个", "Piece"),
        COLOUR,
        VOLUME,
        680),
    new Category(
        1047009,
        7,
        null,
        "数据线",
        Word.list("Type-C快充数据线=USB-C cable, 编织苹果数据线=Braided cable, 磁吸充电线=Magnetic cable"),
        new Word("条", "Piece"),
        COLOUR,
        LENGTH,
        120),
    new Category(
        1042840,
        1813,
        201128501L,
        "益智玩具",
        Word.list("儿童磁力积木=Magnetic blocks, 木质拼图=Wooden puzzle, 惯性工程车=Toy truck"),
        new Word("套", "Set"),
        COLOUR,
        Option.of(1654, "规格=Specification", "小号=Small, 中号=Medium, 大号=Large, 礼盒=Gift box, 散装=Bulk"),
        850),
    new Category(
        1031866,
        6,
        null,
        "锂电池",
        Word.list("18650锂电池组=Battery pack, 聚合物锂电池=LiPo battery, 移动电源=Power bank"),
        new Word("个", "Piece"),
        Option.of(
            3216,
            "颜色=Color",
            "蓝色=Blue, 绿色=Green, 黑色=Black, 白色=White, 黄色=Yellow, 透明=Clear, 红色=Red, 银色=Silver,"
                + " 金色=Gold, 橙色=Orange, 紫色=Purple, 灰色=Grey"),
        Option.of(
            1654, "容量=Capacity", "1200mAh=1.2Ah, 2000mAh=2Ah, 2600mAh=2.6Ah, 3000mAh=3Ah, 5Ah=5Ah"),
        460),
    new Category(
        1036648,
        17,
        1036699L,
        "围巾",
        Word.list("仿羊绒围巾=Cashmere-like scarf, 真丝方巾=Silk scarf, 针织毛线围脖=Knitted snood"),
        new Word("条", "Piece"),
        COLOUR,
        Option.of(
            1654,
            "尺寸=Dimensions",
            "70*180cm=70x180cm, 90*90cm=90x90cm, 53*53cm=53x53cm, 均码=One size, 加大=Large"),
        1200),
  };
}
