package io.tuodui.intake;

/** Why an entry is no id: the words are for the person who made the list. */
enum Problem {
  SCIENTIFIC(
      "scientific notation: the spreadsheet has cut off digits of the id; format the column as text,"
          + " enter the ids again, and export again"),
  DECIMAL(
      "a number with decimals: format the column as text or as a whole number, and export again"),
  TOO_LARGE(
      "too many digits for an item id (at most 19, up to 9223372036854775807): perhaps two ids ran"
          + " together; put each on a line of its own"),
  NEGATIVE("a negative number: item ids are positive; remove the sign"),
  ZERO("zero is not an item id: remove the line"),
  SEVERAL("more than one value: put each id on a line of its own, or save the list as .csv"),
  OTHER_ADDRESS(
      "not the address of a detail page: write the id, or"
          + " https://detail.1688.com/offer/<id>.html"),
  NOT_A_NUMBER("not a number: write the item id in digits, or the address of its detail page"),
  NO_ID_IN_ROW("the row has nothing in the id column: fill it in, or remove the row"),
  NO_ID_IN_OBJECT(
      "no id in the JSON value: give it as item_id, offer_id, offerId, itemId or id, as a number or"
          + " a string"),
  BROKEN_JSON("not valid JSON: write one JSON object, number or string on each line"),
  TOO_LONG("a line of more than 1,000,000 characters: put each id on a line of its own");

  private final String words;

  Problem(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
