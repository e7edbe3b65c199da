package io.tasklane.grpc.trigger;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.CreateTriggerRequest;
import io.tasklane.v1.DeleteTriggerRequest;
import io.tasklane.v1.GetTriggerRequest;
import io.tasklane.v1.ListTriggersRequest;
import io.tasklane.v1.ListTriggersResponse;
import io.tasklane.v1.Trigger;
import io.tasklane.v1.TriggerServiceGrpc;
import io.tasklane.v1.UpdateTriggerRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Triggers over the wire. */
@Timeout(30)
class TriggerServiceTest {
  private ApiOfTest api;
  private TriggerServiceGrpc.TriggerServiceBlockingStub triggers;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    triggers =
        TriggerServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Trigger.Builder news() {
    return Trigger.newBuilder()
        .setEventType("market.news")
        .setCondition("event.data.impact > 0.7")
        .setTemplate("workflowTemplates/analysis@3")
        .putInputs("symbols", "events.map(e, e.data.symbol)")
        .setCoalesceKey("event.data.account")
        .setCoalesceWindow(Durations.fromSeconds(5));
  }

  private Trigger create(String id, Trigger.Builder trigger) {
    return triggers
        .createTrigger(
            CreateTriggerRequest.newBuilder().setTriggerId(id).setTrigger(trigger).build())
        .getTrigger();
  }

  private Trigger update(Trigger.Builder trigger, String... paths) {
    return triggers
        .updateTrigger(
            UpdateTriggerRequest.newBuilder()
                .setTrigger(trigger)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                .setReason("why")
                .build())
        .getTrigger();
  }

  private static String refusal(ThrowingCallable call) {
    return codeAndReason(catchThrowable(call));
  }

  @Test
  void a_trigger_comes_back_as_it_was_stored_and_is_deleted() {
    Trigger made = create("news", news());
    assertThat(made).isEqualTo(news().setName("triggers/news").setEtag(made.getEtag()).build());
    GetTriggerRequest get = GetTriggerRequest.newBuilder().setName("triggers/news").build();
    assertThat(triggers.getTrigger(get).getTrigger()).isEqualTo(made);
    triggers.deleteTrigger(
        DeleteTriggerRequest.newBuilder().setName("triggers/news").setEtag(made.getEtag()).build());
    assertThat(api.triggers.lastEtag).contains("\"1\"");
    assertThat(refusal(() -> triggers.getTrigger(get))).isEqualTo("NOT_FOUND TRIGGER_NOT_FOUND");
  }

  @Test
  void an_update_changes_what_it_names_and_without_a_mask_all() {
    create("news", news());
    Trigger.Builder named = Trigger.newBuilder().setName("triggers/news");
    Trigger off = update(named.clone().setDisabled(true), "disabled");
    assertThat(off.getDisabled()).isTrue();
    assertThat(off.getDisableActor().getReason()).isEqualTo("why");
    assertThat(off.getCondition()).isEqualTo("event.data.impact > 0.7");
    Trigger changed = update(named.clone().setCondition("true"), "condition");
    assertThat(changed.getDisabled()).isTrue();
    assertThat(changed.getCondition()).isEqualTo("true");
    Trigger whole =
        update(named.clone().setEventType("a.b").setTemplate("workflowTemplates/other"));
    assertThat(whole.getCondition()).isEmpty();
    assertThat(whole.getInputsMap()).isEmpty();
    assertThat(whole.getDisabled()).isFalse();
    assertThat(whole.hasCoalesceWindow()).isFalse();
    assertThat(refusal(() -> update(named.clone().setEventType("a.b"))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> update(named.clone(), "start_count")))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void a_check_stores_nothing() {
    triggers.createTrigger(
        CreateTriggerRequest.newBuilder()
            .setTriggerId("news")
            .setTrigger(news())
            .setValidateOnly(true)
            .build());
    assertThat(api.triggers.checked.orElseThrow().template()).isEqualTo("analysis@3");
    assertThat(api.triggers.known).isEmpty();
  }

  @Test
  void a_list_is_read_page_by_page_and_names_must_agree() {
    create("b", news());
    create("a", news());
    create("c", news());
    ListTriggersResponse first =
        triggers.listTriggers(ListTriggersRequest.newBuilder().setPageSize(2).build());
    assertThat(first.getTriggersList())
        .extracting(Trigger::getName)
        .containsExactly("triggers/a", "triggers/b");
    ListTriggersResponse second =
        triggers.listTriggers(
            ListTriggersRequest.newBuilder()
                .setPageToken(first.getNextPageToken())
                .setPageSize(2)
                .build());
    assertThat(second.getTriggersList()).extracting(Trigger::getName).containsExactly("triggers/c");
    assertThat(refusal(() -> create("d", news().setName("triggers/other"))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }
}
