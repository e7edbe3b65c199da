package io.tasklane.grpc.fact;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import com.google.protobuf.util.Values;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.DeleteFactRequest;
import io.tasklane.v1.Fact;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.GetFactRequest;
import io.tasklane.v1.ListFactsRequest;
import io.tasklane.v1.ListFactsResponse;
import io.tasklane.v1.SetFactRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Facts over the wire. */
@Timeout(30)
class FactServiceTest {
  private ApiOfTest api;
  private FactServiceGrpc.FactServiceBlockingStub facts;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    facts = FactServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Fact set(Fact.Builder fact) {
    return facts
        .setFact(SetFactRequest.newBuilder().setFact(fact).setReason("the close").build())
        .getFact();
  }

  private static Fact.Builder fact(String id, Value value) {
    return Fact.newBuilder().setName("facts/" + id).setValue(value);
  }

  private static String refusal(ThrowingCallable call) {
    return codeAndReason(catchThrowable(call));
  }

  @Test
  void a_fact_is_set_read_and_deleted_with_who_and_why() throws Exception {
    Timestamp expires = Timestamps.parse("2026-11-30T16:00:00Z");
    Fact made = set(fact("portfolio_synced", Values.of(true)).setExpireTime(expires));
    assertThat(made.getExpireTime()).isEqualTo(expires);
    assertThat(made.getActor().getReason()).isEqualTo("the close");
    assertThat(made.hasUpdateTime()).isTrue();
    GetFactRequest get = GetFactRequest.newBuilder().setName("facts/portfolio_synced").build();
    assertThat(facts.getFact(get).getFact()).isEqualTo(made);
    facts.deleteFact(DeleteFactRequest.newBuilder().setName("facts/portfolio_synced").build());
    assertThat(refusal(() -> facts.getFact(get))).isEqualTo("NOT_FOUND FACT_NOT_FOUND");
  }

  @Test
  void every_kind_of_value_comes_back_as_it_was_and_numbers_are_doubles() {
    Value nothing = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    Value list =
        Values.of(
            ListValue.newBuilder()
                .addValues(Values.of(450))
                .addValues(Values.of(0.1))
                .addValues(Values.of("450"))
                .addValues(nothing)
                .build());
    Value object = Values.of(Struct.newBuilder().putFields("a", list).build());
    assertThat(set(fact("all", object)).getValue()).isEqualTo(object);
    assertThat(set(fact("none", nothing)).getValue()).isEqualTo(nothing);
    assertThat(api.facts.known.get("none").fact().value()).isNull();
  }

  @Test
  void what_json_does_not_have_is_refused() {
    assertThat(refusal(() -> set(fact("n", Values.of(Double.NaN)))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> set(fact("n", Value.getDefaultInstance()))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> set(fact("a-b", Values.of(1)))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(() -> set(Fact.newBuilder().setName("facts/n"))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(api.facts.known).isEmpty();
  }

  @Test
  void a_list_is_read_page_by_page() {
    for (String name : new String[] {"c", "a", "b"}) {
      set(fact(name, Values.of(1)));
    }
    ListFactsResponse first = facts.listFacts(ListFactsRequest.newBuilder().setPageSize(2).build());
    assertThat(first.getFactsList())
        .extracting(Fact::getName)
        .containsExactly("facts/a", "facts/b");
    ListFactsResponse second =
        facts.listFacts(
            ListFactsRequest.newBuilder()
                .setPageSize(2)
                .setPageToken(first.getNextPageToken())
                .build());
    assertThat(second.getFactsList()).extracting(Fact::getName).containsExactly("facts/c");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(
            refusal(() -> facts.listFacts(ListFactsRequest.newBuilder().setPageToken("x").build())))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
  }
}
