package io.tasklane.workflow.template;

import java.util.OptionalInt;

/**
 * Which template, and which version of it.
 *
 * @param templateId final part of the name "workflowTemplates/{template}"
 * @param version empty means the newest
 */
public record TemplateReference(String templateId, OptionalInt version) {
  private static final char BEFORE_VERSION = '@';

  /**
   * From the final part of a name, as in "morning" or "morning@3".
   *
   * @throws NumberFormatException if the version is no number
   */
  public static TemplateReference parse(String text) {
    int at = text.indexOf(BEFORE_VERSION);
    return at < 0
        ? new TemplateReference(text, OptionalInt.empty())
        : new TemplateReference(
            text.substring(0, at), OptionalInt.of(Integer.parseInt(text.substring(at + 1))));
  }

  /** The newest version of a template. */
  public static TemplateReference newest(String templateId) {
    return new TemplateReference(templateId, OptionalInt.empty());
  }

  @Override
  public String toString() {
    String suffix = version.isPresent() ? "@" + version.getAsInt() : "";
    return "workflowTemplates/" + templateId + suffix;
  }
}
