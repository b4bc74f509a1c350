// The system calls of the program, as Qt makes them: each is made as it was asked for, then told.
#include "sockets.h"

#include "channel.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace probe {

namespace {

struct Watched
{
    int number = 0;
    bool udp = false, listening = false, connecting = false, connected = false, fin = false, told = false;
    Lane sent, received;
};

bool watching = false;
int lastNumber = 0;
std::recursive_mutex lock;
thread_local int quiet = 0;

/** Never destroyed: sockets are closed until the very end. */
std::map<int, Watched> &table()
{
    static auto *sockets = new std::map<int, Watched>;
    return *sockets;
}

Watched *find(int descriptor)
{
    if (!watching || quiet > 0)
        return nullptr;
    const auto found = table().find(descriptor);
    return found == table().end() ? nullptr : &found->second;
}

Watched &watch(int descriptor, bool udp)
{
    Watched &socket = table()[descriptor] = Watched{};
    socket.number = ++lastNumber;
    socket.udp = udp;
    return socket;
}

std::string endpoint(const sockaddr *address)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address && address->sa_family == AF_INET) {
        const auto *in = reinterpret_cast<const sockaddr_in *>(address);
        inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
        return std::string(text) + ':' + std::to_string(ntohs(in->sin_port));
    }
    if (address && address->sa_family == AF_INET6) {
        const auto *in = reinterpret_cast<const sockaddr_in6 *>(address);
        inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text);
        return '[' + std::string(text) + "]:" + std::to_string(ntohs(in->sin6_port));
    }
    return "";
}

template<class Ask>
std::string endOf(int descriptor, Ask ask)
{
    sockaddr_storage address;
    socklen_t length = sizeof address;
    auto *in = reinterpret_cast<sockaddr *>(&address);
    return ask(descriptor, in, &length) == 0 ? endpoint(in) : "";
}

std::string localOf(int descriptor)
{
    return endOf(descriptor, getsockname);
}

std::string remoteOf(int descriptor)
{
    return endOf(descriptor, getpeername);
}

/** As in ../bytes.ts. */
uint32_t hashOf(const void *bytes, size_t size)
{
    constexpr size_t HASHED = 256;
    const auto *data = static_cast<const unsigned char *>(bytes);
    uint32_t hash = 0x811c9dc5u ^ static_cast<uint32_t>(size);
    const size_t head = std::min(size, HASHED);
    for (size_t i = 0; i < head; i++)
        hash = (hash ^ data[i]) * 0x01000193u;
    for (size_t i = std::max(head, size > HASHED ? size - HASHED : 0); i < size; i++)
        hash = (hash ^ data[i]) * 0x01000193u;
    return hash;
}

void tellBound(Watched &socket, int descriptor)
{
    if (socket.told)
        return;
    socket.told = true;
    Event("bind", socket.number).text("a", localOf(descriptor)).tell();
}

/** The system took `result` bytes of `size`, at `at`, or refused them. */
void tellSent(int descriptor, const void *bytes, ssize_t result, size_t size, const sockaddr *to, long long at)
{
    const std::lock_guard guard(lock);
    Watched *socket = find(descriptor);
    if (!socket)
        return;
    const int error = errno;
    const Quiet none;
    if (socket->udp)
        tellBound(*socket, descriptor);
    const std::string remote = !socket->udp ? "" : to ? endpoint(to) : remoteOf(descriptor);
    const auto sites = socket->udp ? sitesOfDatagram() : sitesOfBytes(descriptor, result > 0 ? result : 0);
    if (result < 0) {
        if (error != EAGAIN) {
            socket->sent.flush();
            Event("send-failed", socket->number)
                .number("b", static_cast<long long>(size))
                .text("r", remote)
                .text("e", strerrorname_np(error))
                .texts("l", sites)
                .tell(at);
        }
    } else if (socket->sent.take(at)) {
        Event event("send", socket->number);
        event.number("b", result).preview(bytes, static_cast<size_t>(result)).texts("l", sites);
        if (socket->udp)
            event.text("r", remote).number("h", hashOf(bytes, size));
        else
            event.number("o", socket->sent.offset);
        event.tell(at);
    } else {
        socket->sent.add("send", socket->number, at, socket->sent.offset, static_cast<size_t>(result), remote);
    }
    if (result > 0)
        socket->sent.offset += result;
    errno = error;
}

void tellReceived(int descriptor, const void *bytes, ssize_t result, const sockaddr *from)
{
    const std::lock_guard guard(lock);
    Watched *socket = find(descriptor);
    if (!socket)
        return;
    const int error = errno;
    const Quiet none;
    const long long at = now();
    if (result < 0) {
        if (error != EAGAIN && !socket->fin)
            Event("error", socket->number).text("e", strerrorname_np(error)).text("c", "read").tell();
    } else if (result == 0 && !socket->udp) {
        if (!socket->fin) {
            socket->fin = true;
            socket->received.flush();
            Event("fin", socket->number).number("o", socket->received.offset).tell();
        }
    } else {
        const std::string remote = socket->udp ? endpoint(from) : "";
        if (socket->received.take(at)) {
            Event event("receive", socket->number);
            event.number("b", result).preview(bytes, static_cast<size_t>(result));
            if (socket->udp)
                event.text("r", remote).number("h", hashOf(bytes, static_cast<size_t>(result)));
            else
                event.number("o", socket->received.offset);
            event.tell(at);
        } else {
            socket->received.add("receive", socket->number, at, socket->received.offset, static_cast<size_t>(result), remote);
        }
        socket->received.offset += result;
    }
    errno = error;
}

void tellAccepted(int descriptor, int listener)
{
    if (descriptor < 0)
        return;
    const std::lock_guard guard(lock);
    const Watched *by = find(listener);
    if (!by)
        return;
    const int error = errno;
    const int server = by->number;
    Watched &socket = watch(descriptor, false);
    socket.connected = true;
    Event("accept", socket.number)
        .number("by", server)
        .text("a", localOf(descriptor))
        .text("r", remoteOf(descriptor))
        .tell();
    errno = error;
}

/** Waits for what the program waits for, telling meanwhile the groups that nothing follows. */
template<class Wait>
int waitTelling(long long timeout, Wait wait)
{
    while (watching && quiet == 0) {
        const long long sockets = flushSockets(), signals = flushSignals();
        const long long due = sockets < 0 ? signals : signals < 0 ? sockets : std::min(sockets, signals);
        if (due < 0 || (timeout >= 0 && timeout <= due))
            break;
        const long long before = now();
        const int ready = wait(due + 1000);
        if (ready != 0)
            return ready;
        if (timeout >= 0)
            timeout = std::max(0LL, timeout - (now() - before));
    }
    return wait(timeout);
}

/** The function of the system that ours hides. */
template<class Function>
Function real(Function, const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace

Quiet::Quiet()
{
    quiet++;
}

Quiet::~Quiet()
{
    quiet--;
}

int numberOf(int descriptor)
{
    const std::lock_guard guard(lock);
    const auto found = table().find(descriptor);
    return found == table().end() ? 0 : found->second.number;
}

long long flushSockets()
{
    const std::lock_guard guard(lock);
    const long long at = now();
    long long next = -1;
    for (auto &[descriptor, socket] : table()) {
        for (Lane *lane : {&socket.sent, &socket.received}) {
            const long long due = lane->due(at);
            if (due == 0)
                lane->flush();
            else if (due > 0 && (next < 0 || due < next))
                next = due;
        }
    }
    return next;
}

void startSockets()
{
    watching = true;
}

void stopSockets()
{
    const std::lock_guard guard(lock);
    for (auto &[descriptor, socket] : table()) {
        socket.sent.flush();
        socket.received.flush();
    }
    watching = false;
}

} // namespace probe

using namespace probe;

extern "C" {

int socket(int domain, int type, int protocol)
{
    static const auto call = real(&::socket, "socket");
    const int descriptor = call(domain, type, protocol);
    if (watching && descriptor >= 0 && (domain == AF_INET || domain == AF_INET6)) {
        const std::lock_guard guard(lock);
        watch(descriptor, (type & 15) == SOCK_DGRAM);
    }
    return descriptor;
}

int bind(int descriptor, const sockaddr *address, socklen_t length)
{
    static const auto call = real(&::bind, "bind");
    const int result = call(descriptor, address, length);
    const int error = errno;
    const std::lock_guard guard(lock);
    if (Watched *socket = find(descriptor)) {
        if (result != 0)
            Event("error", socket->number)
                .text("e", strerrorname_np(error))
                .text("c", "bind")
                .text("a", endpoint(address))
                .tell();
        else if (socket->udp)
            tellBound(*socket, descriptor);
    }
    errno = error;
    return result;
}

int listen(int descriptor, int backlog)
{
    static const auto call = real(&::listen, "listen");
    const int result = call(descriptor, backlog);
    const int error = errno;
    const std::lock_guard guard(lock);
    if (Watched *socket = find(descriptor)) {
        if (result != 0) {
            Event("error", socket->number).text("e", strerrorname_np(error)).text("c", "listen").tell();
        } else {
            socket->listening = true;
            Event("listen", socket->number).text("a", localOf(descriptor)).tell();
        }
    }
    errno = error;
    return result;
}

// Qt calls it again until the connection is made, or refused.
int connect(int descriptor, const sockaddr *address, socklen_t length)
{
    static const auto call = real(&::connect, "connect");
    {
        const std::lock_guard guard(lock);
        Watched *socket = find(descriptor);
        if (socket && !socket->connecting && !socket->connected) {
            socket->connecting = true;
            Event("connect", socket->number).text("r", endpoint(address)).tell();
        }
    }
    const int result = call(descriptor, address, length);
    const int error = errno;
    const std::lock_guard guard(lock);
    Watched *socket = find(descriptor);
    if (socket && !socket->connected) {
        if (result == 0 || error == EISCONN) {
            socket->connected = true;
            Event("connected", socket->number)
                .text("a", localOf(descriptor))
                .text("r", remoteOf(descriptor))
                .tell();
        } else if (error != EINPROGRESS && error != EALREADY) {
            Event("refused", socket->number).text("r", endpoint(address)).text("e", strerrorname_np(error)).tell();
        }
    }
    errno = error;
    return result;
}

int accept(int descriptor, sockaddr *address, socklen_t *length)
{
    static const auto call = real(&::accept, "accept");
    const int accepted = call(descriptor, address, length);
    tellAccepted(accepted, descriptor);
    return accepted;
}

int accept4(int descriptor, sockaddr *address, socklen_t *length, int flags)
{
    static const auto call = real(&::accept4, "accept4");
    const int accepted = call(descriptor, address, length, flags);
    tellAccepted(accepted, descriptor);
    return accepted;
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    static const auto call = real(&::write, "write");
    const long long at = now();
    const ssize_t result = call(descriptor, bytes, size);
    tellSent(descriptor, bytes, result, size, nullptr, at);
    return result;
}

ssize_t send(int descriptor, const void *bytes, size_t size, int flags)
{
    static const auto call = real(&::send, "send");
    const long long at = now();
    const ssize_t result = call(descriptor, bytes, size, flags);
    tellSent(descriptor, bytes, result, size, nullptr, at);
    return result;
}

ssize_t sendto(int descriptor, const void *bytes, size_t size, int flags, const sockaddr *to, socklen_t length)
{
    static const auto call = real(&::sendto, "sendto");
    const long long at = now();
    const ssize_t result = call(descriptor, bytes, size, flags, to, length);
    tellSent(descriptor, bytes, result, size, to, at);
    return result;
}

ssize_t sendmsg(int descriptor, const msghdr *message, int flags)
{
    static const auto call = real(&::sendmsg, "sendmsg");
    const long long at = now();
    const ssize_t result = call(descriptor, message, flags);
    if (message->msg_iovlen == 1) {
        const iovec &only = message->msg_iov[0];
        const auto *to = static_cast<const sockaddr *>(message->msg_name);
        tellSent(descriptor, only.iov_base, result, only.iov_len, to, at);
    }
    return result;
}

ssize_t read(int descriptor, void *bytes, size_t size)
{
    static const auto call = real(&::read, "read");
    const ssize_t result = call(descriptor, bytes, size);
    if (size > 0)
        tellReceived(descriptor, bytes, result, nullptr);
    return result;
}

ssize_t recv(int descriptor, void *bytes, size_t size, int flags)
{
    static const auto call = real(&::recv, "recv");
    const ssize_t result = call(descriptor, bytes, size, flags);
    if (!(flags & MSG_PEEK))
        tellReceived(descriptor, bytes, result, nullptr);
    return result;
}

ssize_t recvfrom(int descriptor, void *bytes, size_t size, int flags, sockaddr *from, socklen_t *length)
{
    static const auto call = real(&::recvfrom, "recvfrom");
    const ssize_t result = call(descriptor, bytes, size, flags, from, length);
    if (!(flags & MSG_PEEK))
        tellReceived(descriptor, bytes, result, from);
    return result;
}

ssize_t recvmsg(int descriptor, msghdr *message, int flags)
{
    static const auto call = real(&::recvmsg, "recvmsg");
    const ssize_t result = call(descriptor, message, flags);
    if (!(flags & MSG_PEEK) && message->msg_iovlen == 1)
        tellReceived(descriptor, message->msg_iov[0].iov_base, result, static_cast<const sockaddr *>(message->msg_name));
    return result;
}

int setsockopt(int descriptor, int level, int option, const void *value, socklen_t length)
{
    static const auto call = real(&::setsockopt, "setsockopt");
    const int result = call(descriptor, level, option, value, length);
    const int error = errno;
    const std::lock_guard guard(lock);
    Watched *socket = find(descriptor);
    const bool joins = option == IP_ADD_MEMBERSHIP;
    if (socket && level == IPPROTO_IP && (joins || option == IP_DROP_MEMBERSHIP)) {
        char group[INET_ADDRSTRLEN] = "";
        inet_ntop(AF_INET, &static_cast<const ip_mreq *>(value)->imr_multiaddr, group, sizeof group);
        Event(joins ? "join" : "leave", socket->number)
            .text("g", group)
            .text("e", result == 0 ? "" : strerrorname_np(error))
            .tell();
    }
    errno = error;
    return result;
}

int poll(pollfd *descriptors, nfds_t count, int timeout)
{
    static const auto call = real(&::poll, "poll");
    return waitTelling(timeout < 0 ? -1 : timeout * 1000LL, [=](long long wait) {
        return call(descriptors, count, wait < 0 ? -1 : static_cast<int>((wait + 999) / 1000));
    });
}

int ppoll(pollfd *descriptors, nfds_t count, const timespec *timeout, const sigset_t *mask)
{
    static const auto call = real(&::ppoll, "ppoll");
    const long long whole = timeout ? timeout->tv_sec * 1000000LL + timeout->tv_nsec / 1000 : -1;
    return waitTelling(whole, [=](long long wait) {
        const timespec part = {static_cast<time_t>(wait / 1000000), static_cast<long>(wait % 1000000 * 1000)};
        // What the program asked for, to the nanosecond, when that is what is waited for.
        return call(descriptors, count, wait < 0 ? nullptr : wait == whole ? timeout : &part, mask);
    });
}

int shutdown(int descriptor, int how)
{
    static const auto call = real(&::shutdown, "shutdown");
    {
        const std::lock_guard guard(lock);
        Watched *socket = find(descriptor);
        if (socket && !socket->udp && how != SHUT_RD) {
            socket->sent.flush();
            Event("shutdown", socket->number).number("o", socket->sent.offset).tell();
        }
    }
    return call(descriptor, how);
}

int close(int descriptor)
{
    static const auto call = real(&::close, "close");
    {
        const std::lock_guard guard(lock);
        if (Watched *socket = find(descriptor)) {
            socket->sent.flush();
            socket->received.flush();
            Event event(socket->listening ? "unlisten" : "close", socket->number);
            if (!socket->listening && !socket->udp)
                event.number("i", socket->received.offset).number("q", socket->sent.offset);
            event.tell();
        }
        if (watching)
            table().erase(descriptor);
    }
    return call(descriptor);
}

} // extern "C"
