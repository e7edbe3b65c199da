package io.tasklane.commit;

/**
 * The order in which the kinds of commands run within a batch. It is the same on every node, so
 * that two transactions lock rows in the same order; no two kinds share a place.
 */
public enum CommandOrder {
  /** Creates the configured queues that are missing. */
  ENSURE_QUEUES(10),

  /** Creates queues. */
  CREATE_QUEUES(20),

  /** Creates, changes and deletes resources. */
  CHANGE_RESOURCES(30),

  /** Registers task types. */
  CHANGE_TASK_TYPES(35),

  /** Deletes task types. */
  DELETE_TASK_TYPES(36),

  /** Takes ownership of queues, or bids for them. */
  TAKE_QUEUES(40),

  /** Gives ownership of queues to the nodes that bid for them. */
  HAND_OVER(50),

  /** Pauses, drains and resumes queues. */
  SET_QUEUE_STATE(60),

  /** Changes the settings of queues. */
  UPDATE_QUEUES(70),

  /** Deletes queues. */
  DELETE_QUEUES(80),

  /** Enters workers that say Hello. */
  CONNECT_WORKERS(82),

  /** Starts offered tasks whose workers accept; before what they report of them. */
  ACCEPT_OFFERS(85),

  /** Returns offers that workers do not take. */
  REJECT_OFFERS(87),

  /** Writes the progress of runs; before the completions of the same batch, which may end them. */
  REPORT_PROGRESS(90),

  /** Writes checkpoints of runs; before the completions of the same batch, which may end them. */
  SAVE_CHECKPOINTS(100),

  /** Writes and removes the logs of runs under way. */
  SAVE_LOGS(105),

  /** Records effects of runs; before the completions of the same batch, which may end them. */
  RECORD_EFFECTS(110),

  /** Sets facts of runs; before the completions of the same batch, which may end them. */
  SET_RUN_FACTS(115),

  /** Records steps of runs; before the completions of the same batch, which may end them. */
  RECORD_STEPS(117),

  /** Completes runs and claims the next tasks, one queue at a time. */
  COMPLETE_TASKS(120),

  /** Completes groups of runs and claims the next tasks. */
  COMPLETE_GROUPS(130),

  /** Creates tasks. */
  CREATE_TASKS(140),

  /** Makes tasks of messages. */
  ACCEPT_MESSAGES(145),

  /** Releases tasks whose time has come. */
  RELEASE_DUE(150),

  /** Returns tasks to their queues that waited for units of a resource. */
  REFILL_RESOURCES(160),

  /** Returns tasks to their queues that waited for somebody to serve their type. */
  RETURN_UNSERVED(161),

  /** Lets queues start tasks again whose rate limit allows it, or whose market opens. */
  OPEN_QUEUES(162),

  /** Returns offers to their queues that no worker has accepted in time. */
  RETURN_DUE_OFFERS(163),

  /** Ends suspicions against tasks, and lets those go on that waited for suspects. */
  CLEAR_SUSPECTS(165),

  /** Ends tasks that were not started in time. */
  EXPIRE_TASKS(170),

  /** Changes tasks that have not started. */
  UPDATE_TASKS(180),

  /** Cancels tasks. */
  CANCEL_TASKS(190),

  /** Appends events of producers outside. */
  PUBLISH_EVENTS(200),

  /** Sets facts. */
  SET_FACTS(202),

  /** Deletes facts. */
  DELETE_FACTS(204),

  /** Writes that workers were heard of; after the tasks, whose rows are locked before theirs. */
  RENEW_WORKERS(205),

  /** Gives credits to workers. */
  ADD_CREDITS(206),

  /** Ends streams of workers, and workers. */
  CHANGE_WORKERS(207),

  /** Has workers finish, because somebody asks for it. */
  DRAIN_WORKERS(208),

  /** Creates tasks again that ended without success. */
  COPY_TASKS(210),

  /** Enters uploaded artifacts. */
  KEEP_ARTIFACTS(220),

  /** Deletes artifacts. */
  DELETE_ARTIFACTS(230),

  /** Deletes artifacts whose time has passed. */
  EXPIRE_ARTIFACTS(240),

  /** Gives waiting tasks the order keys of a new queue order. */
  REKEY_TASKS(250),

  /** Discards dead letters. */
  DISCARD_DEAD_LETTERS(260),

  /** Creates, changes and deletes calendars. */
  CHANGE_CALENDARS(270),

  /** Creates, changes and deletes schedules. */
  CHANGE_SCHEDULES(280),

  /** Runs schedules because somebody asks for it. */
  START_RUNS(290),

  /** Decides what is due of schedules, and creates the tasks of those that run. */
  FIRE_SCHEDULES(300),

  /** Creates, changes and deletes templates of workflows; before the starts from them. */
  CHANGE_TEMPLATES(395),

  /** Starts workflows, with their first tasks. */
  START_WORKFLOWS(400),

  /** Starts the workflows of nodes. */
  START_NESTED_WORKFLOWS(405),

  /** Pauses, resumes, cancels and retries workflows, and decides about their nodes. */
  CHANGE_WORKFLOWS(410),

  /** Tells workflows that their timers are due. */
  FIRE_TIMERS(420),

  /** Cancels tasks of nodes that were stopped. */
  CANCEL_NODES(425),

  /** Creates tasks whose inputs have been stored as artifacts. */
  START_LARGE_TASKS(427),

  /** Wakes whoever stores inputs as artifacts. */
  WAKE_STORING(428),

  /** Tells workflows of the events that they wait for. */
  DELIVER_EVENTS(430),

  /** Tells steps of tasks of the events that they wait for. */
  DELIVER_STEP_EVENTS(435),

  /** Deletes workflows. */
  DELETE_WORKFLOWS(440),

  /** Creates, changes and deletes triggers. */
  CHANGE_TRIGGERS(450),

  /** Asks triggers about events, and starts what follows. */
  FIRE_TRIGGERS(460),

  /** Writes the targets of batch operations; before the starts. */
  ADD_BATCH_TARGETS(470),

  /** Starts batch operations. */
  START_BATCHES(472),

  /** Stops batch operations; before their steps. */
  STOP_BATCHES(474),

  /** Makes steps of batch operations. */
  STEP_BATCHES(476),

  /** Tells senders of messages that these were not understood. */
  REJECT_MESSAGES(480),

  /** Takes replies to send. */
  TAKE_REPLIES(484),

  /** Removes replies that were sent. */
  SETTLE_REPLIES(486),

  /** Makes a node the one that sends events to the JMS topic. */
  TAKE_TOPIC(500),

  /** Notes how far the log has been sent to the JMS topic. */
  MOVE_TOPIC(510),

  /** Adds counted events to the rollups. */
  ADD_ROLLUPS(520);

  private final int number;

  CommandOrder(int number) {
    this.number = number;
  }

  /** Smaller numbers run first. */
  public int number() {
    return number;
  }
}
