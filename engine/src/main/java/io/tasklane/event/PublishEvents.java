package io.tasklane.event;

import io.tasklane.api.ExternalEvent;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.database.NamedSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Publishes events of producers outside. Revisions are drawn first, in the order of the events;
 * then those with an id of their own claim it, and what had it before keeps it.
 */
public final class PublishEvents implements CommandKind<PublishEvents.Wanted, List<Long>> {
  /**
   * What one producer publishes at once.
   *
   * @param principal who
   * @param events in their order
   */
  public record Wanted(String principal, List<ExternalEvent> events) {}

  private static final String INSERT =
      """
      INSERT INTO task_event (xid, seq, time, kind, subject, event_type, event_id, actor, data)
      SELECT pg_current_xact_id()::text::bigint, u.revision, statement_timestamp(), 4, u.subject,
          u.event_type, u.event_id, u.actor, u.data
      FROM unnest(:revisions::bigint[], :types::text[], :subjects::text[], :ids::text[],
              :actors::text[], :data::text[])
            AS u (revision, event_type, subject, event_id, actor, data)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.PUBLISH_EVENTS;
  }

  @Override
  public List<Outcome<List<Long>>> execute(Batch batch, List<Wanted> commands) throws SQLException {
    List<NewEvent> events = drawn(batch, commands);
    Map<EventIds.Id, Long> kept = EventIds.claim(batch.connection(), events);
    List<NewEvent> fresh =
        events.stream()
            .filter(e -> e.id().map(kept::get).orElse(e.revision()) == e.revision())
            .toList();
    insert(batch, fresh);
    Iterator<NewEvent> inOrder = events.iterator();
    List<Outcome<List<Long>>> outcomes = new ArrayList<>();
    for (Wanted command : commands) {
      List<Long> revisions = new ArrayList<>();
      for (int i = 0; i < command.events().size(); i++) {
        NewEvent event = inOrder.next();
        revisions.add(event.id().map(kept::get).orElse(event.revision()));
      }
      outcomes.add(Outcome.done(revisions));
    }
    return outcomes;
  }

  private static List<NewEvent> drawn(Batch batch, List<Wanted> commands) throws SQLException {
    int count = commands.stream().mapToInt(command -> command.events().size()).sum();
    Iterator<Long> revisions = EventIds.draw(batch.connection(), count).iterator();
    List<NewEvent> events = new ArrayList<>();
    for (Wanted command : commands) {
      command
          .events()
          .forEach(e -> events.add(new NewEvent(command.principal(), e, revisions.next())));
    }
    return events;
  }

  private static void insert(Batch batch, List<NewEvent> events) throws SQLException {
    if (!events.isEmpty()) {
      NewEvent.bind(NamedSql.on(batch.connection(), INSERT), events).update();
    }
  }
}
