package io.tasklane.client;

import com.google.gson.JsonObject;

/**
 * An event of the log.
 *
 * @param type what happened, such as "task.state_changed"
 * @param subject the name of the resource it happened to
 * @param data its details
 * @param position where the log goes on after it: a subscription from there repeats no event up to
 *     this one, and misses none after it. Keep it with what the event has led to
 * @param message all of it, as the contract has it
 */
public record Event(
    String type, String subject, JsonObject data, String position, io.tasklane.v1.Event message) {}
