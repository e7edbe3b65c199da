package io.tasklane.workflow.catalog;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.definition.DefinitionWriter;
import io.tasklane.workflow.compile.Catalog;
import io.tasklane.workflow.compile.DefinitionFault;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.store.StoreException;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Creates, changes and deletes templates.
 *
 * @param catalog what a definition may name
 */
record ChangeTemplates(WorkflowCatalog catalog)
    implements SingleCommand<ChangeTemplates.Request, WorkflowTemplate> {
  /** A request to change a template. */
  sealed interface Request {
    /** Final part of the template's name. */
    String templateId();
  }

  /** Creates a template. */
  record Create(String templateId, TemplateSpec spec) implements Request {}

  /**
   * Stores a new version.
   *
   * @param etag of the version the change is based on, empty for any
   * @param edit from what it says to what it shall say
   */
  record Update(String templateId, Optional<String> etag, UnaryOperator<TemplateSpec> edit)
      implements Request {}

  /**
   * Deletes a template with all its versions.
   *
   * @param etag of the version that may be deleted, empty for any
   */
  record Delete(String templateId, Optional<String> etag) implements Request {}

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_TEMPLATES;
  }

  @Override
  public Outcome<WorkflowTemplate> executeOne(Batch batch, Request request) throws SQLException {
    TemplateRows rows = new TemplateRows(batch.connection());
    rows.lock();
    try {
      if (request instanceof Create create) {
        return Outcome.done(create(rows, create));
      }
      WorkflowTemplate present = rows.require(TemplateReference.newest(request.templateId()));
      return Outcome.done(
          request instanceof Update update
              ? update(rows, present, update)
              : delete(rows, present, (Delete) request));
    } catch (StoreException failed) {
      throw failed.failure();
    }
  }

  private WorkflowTemplate create(TemplateRows rows, Create request) throws SQLException {
    TemplateReference newest = TemplateReference.newest(request.templateId());
    requireFree(rows, newest);
    require(rows, newest, request.spec());
    rows.create(request.templateId(), request.spec());
    return rows.require(newest);
  }

  /** Refuses a name that is taken. */
  static void requireFree(TemplateRows rows, TemplateReference newest) throws SQLException {
    if (rows.find(newest).isPresent()) {
      throw Refusal.about(
          Refusal.Sort.ALREADY_EXISTS,
          RefusalReason.TEMPLATE_EXISTS,
          newest.toString(),
          "exists already; update it, or choose another workflow_template_id");
    }
  }

  private WorkflowTemplate update(TemplateRows rows, WorkflowTemplate present, Update request)
      throws SQLException {
    TemplateSpec wanted = edited(present, request.etag(), request.edit());
    if (isSame(wanted, present.spec())) {
      return present;
    }
    TemplateReference newest = TemplateReference.newest(present.templateId());
    require(rows, newest, wanted);
    rows.update(present.templateId(), wanted);
    return rows.require(newest);
  }

  /**
   * What a template shall say.
   *
   * @throws Refusal ABORTED: ETAG_MISMATCH
   */
  static TemplateSpec edited(
      WorkflowTemplate present, Optional<String> etag, UnaryOperator<TemplateSpec> edit) {
    Etag.check(present.name(), present.etag(), etag);
    return edit.apply(present.spec());
  }

  /** Whether both say the same, however their documents are written. */
  static boolean isSame(TemplateSpec one, TemplateSpec other) {
    return one.description().equals(other.description())
        && one.displayName().equals(other.displayName())
        && one.deadlineAfter().equals(other.deadlineAfter())
        && one.inputSchema().equals(other.inputSchema())
        && WorkflowInputs.text(one.inputs()).equals(WorkflowInputs.text(other.inputs()))
        && DefinitionWriter.write(one.definition())
            .equals(DefinitionWriter.write(other.definition()));
  }

  private void require(TemplateRows rows, TemplateReference newest, TemplateSpec spec) {
    try {
      check(newest.templateId(), spec, catalog.on(rows.connection()));
    } catch (InvalidDefinitionException changedMeanwhile) {
      DefinitionFault fault = changedMeanwhile.faults().get(0);
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD,
          "workflow_template.workflow." + fault.path(),
          changedMeanwhile.getMessage());
    }
  }

  /**
   * Checks what a template shall say.
   *
   * @throws InvalidDefinitionException with every fault of the tree
   * @throws Refusal INVALID_FIELD, PAYLOAD_TOO_LARGE: about inputs or the schema
   */
  static void check(String templateId, TemplateSpec spec, Catalog catalog)
      throws InvalidDefinitionException {
    WorkflowInputs.text(spec.inputs());
    InputSchema.requireSchema(spec.inputSchema());
    WorkflowCompiler.check(spec.definition(), Optional.of(templateId), catalog);
  }

  private static WorkflowTemplate delete(
      TemplateRows rows, WorkflowTemplate present, Delete request) throws SQLException {
    Etag.check(present.name(), present.etag(), request.etag());
    rows.delete(present.templateId());
    return present;
  }
}
