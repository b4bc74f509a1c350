// Where the events of the probe leave, as in ../channel.ts and ../lane.ts.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace probe {

/** The monotonic clock of the machine, in µs. */
long long now();

/** An event, in the wire form of labs/trace.ts. */
class Event
{
public:
    explicit Event(const char *kind, int socket = 0);
    Event &number(const char *key, long long value);
    /** Nothing when it is empty. */
    Event &text(const char *key, const std::string &value);
    /** One text, or a list of them. */
    Event &texts(const char *key, const std::vector<std::string> &values);
    /** Its first bytes, in base64. */
    Event &preview(const void *bytes, size_t size);
    /** Tells it, at `at` or now. Never waits: what the terminal does not take is lost, and the next event says so. */
    void tell(long long at = 0) const;

private:
    std::string json;
};

/** Opens the terminal when the runner asked for a probe. False without one. */
bool openChannel();

/** One direction of one socket: events one by one, then in groups under load. */
class Lane
{
public:
    /** Whether a call at `at` may be told alone. */
    bool take(long long at);
    /** Adds a call to the group of `remote`: the other end, or the name of a signal. */
    void add(const char *kind, int socket, long long at, long long offset, size_t bytes, const std::string &remote);
    /** Tells the group, if there is one. */
    void flush();
    /** µs before the group that waits, if there is one, is to be told; -1 when there is none. */
    long long due(long long at) const;
    long long offset = 0;
    /** For signals: the class of the object. */
    std::string object;

private:
    double tokens = 64;
    long long since = 0;
    const char *kind = nullptr;
    int socket = 0;
    long long first = 0, last = 0, from = 0, bytes = 0, times = 0;
    std::string remote;
};

} // namespace probe
