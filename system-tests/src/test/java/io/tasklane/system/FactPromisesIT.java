package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import com.google.protobuf.util.Values;
import io.tasklane.v1.DeleteFactRequest;
import io.tasklane.v1.Fact;
import io.tasklane.v1.GetFactRequest;
import io.tasklane.v1.ListFactsRequest;
import io.tasklane.v1.SetFactRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about facts. */
@ExtendWith(SharedServer.class)
class FactPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";
  private static final String MISSING = "NOT_FOUND FACT_NOT_FOUND";
  private static final String NOWHERE = "facts/nowhere";

  private static SetFactRequest.Builder setting(String name, Value value) {
    return SetFactRequest.newBuilder().setFact(Fact.newBuilder().setName(name).setValue(value));
  }

  @Test
  void of_looking_at_facts(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetFactRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.facts().getFact(get));
    }
    var size = ListFactsRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.facts().listFacts(size));
    var token = ListFactsRequest.newBuilder().setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> client.facts().listFacts(token));
  }

  @Test
  void of_setting_and_deleting(Client client) {
    String id = UUID.randomUUID().toString();
    var set = setting("facts/f", Values.of(450)).setRequestId(id).build();
    assertThat(client.facts().setFact(set)).isEqualTo(client.facts().setFact(set));
    var other = setting("facts/f", Values.of(2)).setRequestId(id).build();
    refused(REUSED, () -> client.facts().setFact(other));
    var nan = setting("facts/f", Values.of(Double.NaN)).build();
    refused(BAD, () -> client.facts().setFact(nan));
    var past = setting("facts/f", Values.of(1));
    past.getFactBuilder().setExpireTime(Timestamps.fromMillis(0));
    refused(BAD, () -> client.facts().setFact(past.build()));

    var deletion = DeleteFactRequest.newBuilder().setName("facts/f");
    client.facts().deleteFact(deletion.clone().setRequestId(id).build());
    refused(MISSING, () -> client.facts().deleteFact(deletion.build()));
    var otherDeletion = DeleteFactRequest.newBuilder().setName(NOWHERE).setRequestId(id).build();
    refused(REUSED, () -> client.facts().deleteFact(otherDeletion));
    var bad = DeleteFactRequest.newBuilder().setName("x").build();
    refused(BAD, () -> client.facts().deleteFact(bad));
  }
}
