package io.tasklane.workflow.template;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A version of a template.
 *
 * @param templateId final part of the name "workflowTemplates/{template}"
 * @param version 1 at first; the numbers go on where the template was deleted and created again
 * @param spec what it says
 * @param createTime when the template was created
 * @param updateTime when this version was stored
 */
public record WorkflowTemplate(
    String templateId, int version, TemplateSpec spec, Instant createTime, Instant updateTime) {
  /** "workflowTemplates/{template}". */
  public String name() {
    return name(templateId);
  }

  /** The name of the template with this id. */
  public static String name(String templateId) {
    return "workflowTemplates/" + templateId;
  }

  /** The entity tag of this version, with the quotes of RFC 9110. */
  public String etag() {
    return "\"" + version + "\"";
  }

  /** This very version. */
  public TemplateReference reference() {
    return new TemplateReference(templateId, OptionalInt.of(version));
  }
}
