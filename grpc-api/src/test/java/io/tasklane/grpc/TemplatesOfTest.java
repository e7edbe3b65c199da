package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.workflow.catalog.WorkflowTemplateService;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A template service for tests: it checks trees like the real one, and notes what it is asked. */
public final class TemplatesOfTest extends WorkflowTemplateService {
  public final List<String> asked = new ArrayList<>();
  public final TreeMap<String, WorkflowTemplate> stored = new TreeMap<>();

  @Override
  public WorkflowTemplate get(TemplateReference reference) {
    asked.add("get " + reference);
    return stored.get(reference.templateId());
  }

  @Override
  public List<WorkflowTemplate> list(String afterTemplateId, int limit) {
    asked.add("list after \"" + afterTemplateId + "\" " + limit);
    return stored.tailMap(afterTemplateId, false).values().stream().limit(limit).toList();
  }

  private static void check(String templateId, TemplateSpec spec)
      throws InvalidDefinitionException {
    WorkflowCompiler.check(spec.definition(), Optional.of(templateId), WorkflowsOfTest.CATALOG);
  }

  @Override
  public CompletionStage<Answer<WorkflowTemplate>> create(
      String templateId, TemplateSpec spec, Change<WorkflowTemplate> change)
      throws InvalidDefinitionException {
    check(templateId, spec);
    return done(put(templateId, 1, spec));
  }

  private WorkflowTemplate put(String templateId, int version, TemplateSpec spec) {
    WorkflowTemplate template =
        new WorkflowTemplate(templateId, version, spec, Instant.EPOCH, Instant.EPOCH);
    stored.put(templateId, template);
    return template;
  }

  private static CompletionStage<Answer<WorkflowTemplate>> done(WorkflowTemplate template) {
    return CompletableFuture.completedStage(new Answer.Fresh<>(template));
  }

  @Override
  public void checkCreate(String templateId, TemplateSpec spec) throws InvalidDefinitionException {
    asked.add("check " + templateId);
    check(templateId, spec);
  }

  @Override
  public CompletionStage<Answer<WorkflowTemplate>> update(
      String templateId,
      Optional<String> etag,
      UnaryOperator<TemplateSpec> edit,
      Change<WorkflowTemplate> change)
      throws InvalidDefinitionException {
    asked.add("update " + templateId + " " + etag);
    WorkflowTemplate present = stored.get(templateId);
    TemplateSpec wanted = edit.apply(present.spec());
    check(templateId, wanted);
    return done(put(templateId, present.version() + 1, wanted));
  }

  @Override
  public WorkflowTemplate checkUpdate(
      String templateId, Optional<String> etag, UnaryOperator<TemplateSpec> edit)
      throws InvalidDefinitionException {
    asked.add("check update " + templateId);
    WorkflowTemplate present = stored.get(templateId);
    check(templateId, edit.apply(present.spec()));
    return present;
  }

  @Override
  public CompletionStage<Answer<WorkflowTemplate>> delete(
      String templateId, Optional<String> etag, Change<WorkflowTemplate> change) {
    asked.add("delete " + templateId + " " + etag);
    return done(stored.remove(templateId));
  }
}
