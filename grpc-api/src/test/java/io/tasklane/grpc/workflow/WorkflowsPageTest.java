package io.tasklane.grpc.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The workflows that docs/workflows.md shows pass the rules of the wire and the compiler. */
class WorkflowsPageTest {
  private static final Path PAGE = Path.of("../docs/workflows.md");
  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");

  /** The command line writes payloads as JSON, which are bytes on the wire; here all are lists. */
  private static final Pattern INLINE = Pattern.compile("(\"inline\": )(\\[[^]]*])");

  @Test
  void every_workflow_is_accepted() throws IOException {
    List<String> all =
        JSON.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    assertThat(all).isNotEmpty();
    try (ApiOfTest api = new ApiOfTest()) {
      var workflows =
          WorkflowServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
      List<String> nodes = new ArrayList<>();
      for (String json : all) {
        workflows.startWorkflow(request(json));
        Node root = api.workflows.started.orElseThrow().definition().root();
        ((Chain) root.kind()).nodes().forEach(node -> nodes.add(node.id()));
      }
      assertThat(nodes)
          .containsExactly("prices", "enough", "report", "portfolio", "data", "analysis");
    }
  }

  private static StartWorkflowRequest request(String json) throws IOException {
    StartWorkflowRequest.Builder request = StartWorkflowRequest.newBuilder();
    String wire = INLINE.matcher(json).replaceAll(found -> found.group(1) + base64(found.group(2)));
    JsonFormat.parser().merge(wire, request.getWorkflowBuilder());
    return request.build();
  }

  private static String base64(String payload) {
    byte[] body = payload.getBytes(StandardCharsets.UTF_8);
    return Matcher.quoteReplacement('"' + Base64.getEncoder().encodeToString(body) + '"');
  }
}
