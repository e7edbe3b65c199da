package io.tasklane.grpc.quick;

/**
 * What a text looks like: a prefix, a first letter, others.
 *
 * @param prefix it begins with
 * @param first what may follow the prefix
 * @param others what may follow that
 * @param least fewest letters behind the prefix
 * @param most letters behind the prefix
 */
record Form(String prefix, Letters first, Letters others, int least, int most) {
  private static final Letters WORD = Letters.ANY_CASE.andDigitsAnd("_-");
  private static final Letters NAME = Letters.ANY_CASE.andDigitsAnd("._-");
  private static final Letters CONSTANT = Letters.UPPER.andDigitsAnd("_");

  /** Of request ids and content types. */
  static final Form TOKEN = new Form("", Letters.PRINTABLE, Letters.PRINTABLE, 0, 128);

  /** Of keys, and of the values of labels. */
  static final Form KEY = new Form("", Letters.PRINTABLE, Letters.PRINTABLE, 0, 256);

  static final Form TASK_ID = new Form("", NAME, NAME, 0, 128);
  static final Form TASK_NAME = new Form("tasks/", NAME, NAME, 1, 128);
  static final Form QUEUE_NAME = new Form("queues/", Letters.UPPER, CONSTANT, 1, 63);
  static final Form TASK_TYPE = new Form("", Letters.ANY_CASE, NAME, 1, 128);
  static final Form INPUT_KEY = new Form("", Letters.ANY_CASE, WORD, 0, 64);
  static final Form LABEL = new Form("", Letters.ANY_CASE, WORD, 1, 63);
  static final Form ERROR_CODE = new Form("", Letters.UPPER, CONSTANT, 1, 128);
  static final Form RESOURCE = new Form("", Letters.LOWER, Letters.LOWER.andDigitsAnd("-"), 1, 63);

  boolean fits(String text) {
    int start = prefix.length();
    int length = text.length() - start;
    return length >= least
        && length <= most
        && text.startsWith(prefix)
        && (length == 0 || first.include(text.charAt(start)))
        && others.includeAll(text, start + 1);
  }
}
