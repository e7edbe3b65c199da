package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of a handler on the server that all tests share, which was started with its jar. */
@ExtendWith(SharedServer.class)
class ExampleHandlerIT {

  @Test
  void the_example_counts_words(Client client) {
    Task task = client.end(client.create(task("{\"text\": \" buy low,\\nsell high\"}")));
    assertThat(task.getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(task.getResult().getInline().toStringUtf8()).isEqualTo("{\"words\": 4}");
  }

  @Test
  void the_example_fails_for_good_where_there_is_nothing_to_count(Client client) {
    Task task = client.end(client.create(task("{\"text\": \" \"}")));
    assertThat(task.getState()).isEqualTo(Task.State.STATE_FAILED);
    assertThat(task.getFailure().getCode()).isEqualTo("TEXT_EMPTY");
    assertThat(task.getAttempt()).isOne();
  }

  @Test
  void the_handler_of_the_readme_works_as_it_stands_there(Client client) {
    Task task = client.end(client.create(Client.task(Client.DATA, "length", "{\"a\":1}")));
    assertThat(task.getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(task.getResult().getInline().toStringUtf8()).isEqualTo("{\"length\": 7}");
  }

  private static Task.Builder task(String input) {
    return Client.task(Client.DATA, "word_count", input);
  }
}
