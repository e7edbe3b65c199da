package io.tasklane.workflow.catalog;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.database.Database;
import io.tasklane.feature.EngineContext;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, finds, changes and deletes templates of workflows. */
public class WorkflowTemplateService {
  private final EngineContext engine;
  private final WorkflowCatalog catalog;

  /** For subclasses, such as test doubles of the edges. */
  protected WorkflowTemplateService() {
    this(null, null);
  }

  /**
   * The templates of this engine.
   *
   * @param engine reads and commits
   * @param catalog what a definition may name
   */
  public WorkflowTemplateService(EngineContext engine, WorkflowCatalog catalog) {
    this.engine = engine;
    this.catalog = catalog;
  }

  /**
   * A version of a template.
   *
   * @throws Refusal NOT_FOUND: TEMPLATE_NOT_FOUND
   */
  public WorkflowTemplate get(TemplateReference reference) {
    return read(c -> new TemplateRows(c).require(reference));
  }

  /** The newest versions by id, those after this one, at most so many. */
  public List<WorkflowTemplate> list(String afterTemplateId, int limit) {
    return read(c -> new TemplateRows(c).list(afterTemplateId, limit));
  }

  /**
   * Creates a template.
   *
   * @throws InvalidDefinitionException with every fault of the tree
   * @throws Refusal INVALID_FIELD, PAYLOAD_TOO_LARGE: about inputs or the schema; (in the stage)
   *     ALREADY_EXISTS: TEMPLATE_EXISTS
   */
  public CompletionStage<Answer<WorkflowTemplate>> create(
      String templateId, TemplateSpec spec, Change<WorkflowTemplate> change)
      throws InvalidDefinitionException {
    ChangeTemplates.check(templateId, spec, catalog);
    return submit(new ChangeTemplates.Create(templateId, spec), change);
  }

  /**
   * Checks such a create, and stores nothing.
   *
   * @throws InvalidDefinitionException with every fault of the tree
   * @throws Refusal as the create would be refused
   */
  public void checkCreate(String templateId, TemplateSpec spec) throws InvalidDefinitionException {
    ChangeTemplates.check(templateId, spec, catalog);
    read(
        c -> {
          ChangeTemplates.requireFree(new TemplateRows(c), TemplateReference.newest(templateId));
          return true;
        });
  }

  /**
   * Stores a new version, unless it says the same as the present one.
   *
   * @param etag of the version the change was based on, empty for any
   * @param edit from what it says to what it shall say; called within the change, once or several
   *     times
   * @throws InvalidDefinitionException with every fault of the tree
   * @throws Refusal INVALID_FIELD, PAYLOAD_TOO_LARGE: about inputs or the schema; (in the stage)
   *     NOT_FOUND: TEMPLATE_NOT_FOUND; ABORTED: ETAG_MISMATCH
   */
  public CompletionStage<Answer<WorkflowTemplate>> update(
      String templateId,
      Optional<String> etag,
      UnaryOperator<TemplateSpec> edit,
      Change<WorkflowTemplate> change)
      throws InvalidDefinitionException {
    Optional<WorkflowTemplate> present =
        read(c -> new TemplateRows(c).find(TemplateReference.newest(templateId)));
    if (present.isPresent()) { // else the command refuses it, or gives the first answer again
      ChangeTemplates.check(templateId, edit.apply(present.get().spec()), catalog);
    }
    return submit(new ChangeTemplates.Update(templateId, etag, edit), change);
  }

  /**
   * The template as such an update would leave it, with its present version.
   *
   * @throws InvalidDefinitionException with every fault of the tree
   * @throws Refusal as the update would be refused
   */
  public WorkflowTemplate checkUpdate(
      String templateId, Optional<String> etag, UnaryOperator<TemplateSpec> edit)
      throws InvalidDefinitionException {
    WorkflowTemplate present = get(TemplateReference.newest(templateId));
    TemplateSpec wanted = ChangeTemplates.edited(present, etag, edit);
    ChangeTemplates.check(templateId, wanted, catalog);
    return new WorkflowTemplate(
        templateId, present.version(), wanted, present.createTime(), present.updateTime());
  }

  /**
   * Deletes a template with all its versions; workflows that were started from it go on.
   *
   * @param etag of the version that may be deleted, empty for any
   * @return the template as it was
   * @throws Refusal (in the stage) NOT_FOUND: TEMPLATE_NOT_FOUND; ABORTED: ETAG_MISMATCH
   */
  public CompletionStage<Answer<WorkflowTemplate>> delete(
      String templateId, Optional<String> etag, Change<WorkflowTemplate> change) {
    return submit(new ChangeTemplates.Delete(templateId, etag), change);
  }

  private <T> T read(Database.Query<T> query) {
    return engine.database().with(query);
  }

  private CompletionStage<Answer<WorkflowTemplate>> submit(
      ChangeTemplates.Request request, Change<WorkflowTemplate> change) {
    return engine.committer().submit(new ChangeTemplates(catalog), request, change);
  }
}
