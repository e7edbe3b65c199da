package io.tasklane.cli.template;

/** Names of templates, which people write with or without what all begin with. */
public final class TemplateName {
  private static final String PREFIX = "workflowTemplates/";

  private TemplateName() {}

  /** The whole name. */
  public static String of(String given) {
    return given.startsWith(PREFIX) ? given : PREFIX + given;
  }

  /** The final part. */
  static String shortened(String name) {
    return name.substring(PREFIX.length());
  }
}
