// The objects of Qt: the signals that they emit, and the lines of the program that make them write.
#include "channel.h"
#include "sockets.h"

#include <QAbstractSocket>
#include <QMetaEnum>
#include <QMetaMethod>
#include <QNetworkDatagram>
#include <QPointer>
#include <QTcpServer>
#include <QUdpSocket>
#include <algorithm>
#include <cstdint>
#include <deque>
#include <dlfcn.h>
#include <map>
#include <set>

namespace probe {

namespace {

/** As in ../twin.ts. */
const std::set<QByteArray> SIGNALS = {"connected", "disconnected", "errorOccurred", "readyRead", "newConnection", "acceptError"};

bool watching = false;
/** Only the thread that started the program is watched: its objects are. */
const auto *mainThread = reinterpret_cast<const void *>(1);
thread_local const void *thisThread = nullptr;
thread_local std::string datagramSite;

/** The writes of one socket that have not left. */
struct Writes
{
    QPointer<QAbstractSocket> socket;
    long long given = 0, left = 0;
    std::deque<std::pair<long long, std::string>> waiting;
};
constexpr size_t REMEMBERED = 256, SITES_TOLD = 4;

std::map<const QObject *, Writes> &writes()
{
    static auto *all = new std::map<const QObject *, Writes>;
    return *all;
}

/** What is known of an object that emits signals. */
struct Emitter
{
    QPointer<QObject> object;
    /** That of its socket. */
    int number = 0;
    Lane lane;
};

std::map<const QObject *, Emitter> &emitters()
{
    static auto *all = new std::map<const QObject *, Emitter>;
    return *all;
}

/** An address of the executable, `+1a2b`: the runner knows its line. Empty for a call that Qt makes to itself. */
std::string siteOf(const void *address)
{
    Dl_info here, there;
    static const void *program = dladdr(reinterpret_cast<const void *>(&siteOf), &here) ? here.dli_fbase : nullptr;
    if (!dladdr(address, &there) || there.dli_fbase != program)
        return "";
    char text[32];
    // The call is just before the address where it returns.
    snprintf(text, sizeof text, "+%lx", (unsigned long)((uintptr_t)address - (uintptr_t)program - 1));
    return text;
}

void noteWrite(QIODevice *device, long long size, const void *caller)
{
    if (!watching || thisThread != mainThread || size <= 0)
        return;
    auto *socket = qobject_cast<QAbstractSocket *>(device);
    if (!socket)
        return;
    Writes &of = writes()[device];
    if (of.socket != socket)
        of = Writes{socket, 0, 0, {}};
    of.given += size;
    if (of.waiting.size() >= REMEMBERED)
        of.waiting.pop_front();
    of.waiting.emplace_back(of.given, siteOf(caller));
}

/** The name of a signal, from its index among the signals. */
QByteArray nameOf(const QMetaObject *meta, int index)
{
    static std::map<std::pair<const QMetaObject *, int>, QByteArray> names;
    const auto known = names.find({meta, index});
    if (known != names.end())
        return known->second;
    QByteArray &name = names[{meta, index}];
    std::deque<const QMetaObject *> classes;
    for (; meta; meta = meta->superClass())
        classes.push_front(meta);
    int rank = 0;
    for (const QMetaObject *one : classes) {
        for (int i = one->methodOffset(); i < one->methodCount(); i++) {
            if (one->method(i).methodType() != QMetaMethod::Signal)
                break;
            if (rank++ == index)
                return name = one->method(i).name();
        }
    }
    return name;
}

void onSignal(QObject *object, int index, void **values)
{
    if (!watching || thisThread != mainThread)
        return;
    auto *socket = qobject_cast<QAbstractSocket *>(object);
    auto *server = socket ? nullptr : qobject_cast<QTcpServer *>(object);
    if (!socket && !server)
        return;
    const Quiet none;
    const QByteArray name = nameOf(object->metaObject(), index);
    const qintptr descriptor = socket ? socket->socketDescriptor() : server->socketDescriptor();
    Emitter &emitter = emitters()[object];
    if (emitter.object != object) {
        emitter.lane.flush();
        emitter = Emitter{object, 0, {}};
        emitter.lane.object = object->metaObject()->className();
    }
    // Its last signals come once its descriptor is closed.
    if (const int number = descriptor < 0 ? 0 : numberOf(static_cast<int>(descriptor)))
        emitter.number = number;
    if (name == "stateChanged" && *static_cast<int *>(values[1]) == QAbstractSocket::HostLookupState)
        writes().erase(object);
    if (SIGNALS.count(name) == 0)
        return;
    const long long at = now();
    if (!emitter.lane.take(at)) {
        emitter.lane.add("signal", emitter.number, at, 0, 0, name.toStdString());
        return;
    }
    Event event("signal", emitter.number);
    event.text("sig", name.toStdString()).text("ob", emitter.lane.object);
    if (name == "errorOccurred")
        event.text("val", QMetaEnum::fromType<QAbstractSocket::SocketError>().valueToKey(*static_cast<int *>(values[1])));
    event.tell(at);
}

/** Declared by Qt in a private header, exported by its library. */
struct SpyCallbacks
{
    void (*signalBegins)(QObject *, int, void **);
    void (*slotBegins)(QObject *, int, void **);
    void (*signalEnds)(QObject *, int);
    void (*slotEnds)(QObject *, int);
};

__attribute__((constructor)) void start()
{
    if (!openChannel())
        return;
    Event("hello").number("v", 1).text("qt", qVersion()).tell();
    static SpyCallbacks callbacks = {onSignal, nullptr, nullptr, nullptr};
    using Register = void (*)(SpyCallbacks *);
    const auto spy =
        reinterpret_cast<Register>(dlsym(RTLD_DEFAULT, "_Z32qt_register_signal_spy_callbacksP21QSignalSpyCallbackSet"));
    if (spy)
        spy(&callbacks);
    thisThread = mainThread;
    watching = true;
    startSockets();
}

__attribute__((destructor)) void stop()
{
    if (!watching)
        return;
    for (auto &[object, emitter] : emitters())
        emitter.lane.flush();
    watching = false;
    stopSockets();
    Event("exit").tell();
}

} // namespace

long long flushSignals()
{
    const long long at = now();
    long long next = -1;
    if (thisThread != mainThread)
        return next;
    for (auto &[object, emitter] : emitters()) {
        const long long due = emitter.lane.due(at);
        if (due == 0)
            emitter.lane.flush();
        else if (due > 0 && (next < 0 || due < next))
            next = due;
    }
    return next;
}

std::vector<std::string> sitesOfBytes(int descriptor, size_t size)
{
    if (thisThread != mainThread)
        return {};
    for (auto &[object, of] : writes()) {
        if (!of.socket || of.socket->socketDescriptor() != descriptor)
            continue;
        std::vector<std::string> sites;
        of.left += static_cast<long long>(size);
        while (!of.waiting.empty()) {
            const std::string &site = of.waiting.front().second;
            if (!site.empty() && sites.size() < SITES_TOLD && std::find(sites.begin(), sites.end(), site) == sites.end())
                sites.push_back(site);
            if (of.waiting.front().first > of.left)
                break;
            of.waiting.pop_front();
        }
        return sites;
    }
    return {};
}

std::vector<std::string> sitesOfDatagram()
{
    if (datagramSite.empty())
        return {};
    return {datagramSite};
}

} // namespace probe

// The calls of the program, before Qt keeps the bytes for later: hidden by their mangled names, then made.
using namespace probe;

#define CALLER __builtin_return_address(0)

extern "C" {

qint64 _ZN9QIODevice5writeEPKcx(QIODevice *device, const char *bytes, qint64 size)
{
    static const auto call =
        reinterpret_cast<qint64 (*)(QIODevice *, const char *, qint64)>(dlsym(RTLD_NEXT, "_ZN9QIODevice5writeEPKcx"));
    noteWrite(device, size, CALLER);
    return call(device, bytes, size);
}

qint64 _ZN9QIODevice5writeEPKc(QIODevice *device, const char *text)
{
    static const auto call =
        reinterpret_cast<qint64 (*)(QIODevice *, const char *)>(dlsym(RTLD_NEXT, "_ZN9QIODevice5writeEPKc"));
    noteWrite(device, static_cast<long long>(qstrlen(text)), CALLER);
    return call(device, text);
}

qint64 _ZN9QIODevice5writeERK10QByteArray(QIODevice *device, const QByteArray &bytes)
{
    static const auto call = reinterpret_cast<qint64 (*)(QIODevice *, const QByteArray &)>(
        dlsym(RTLD_NEXT, "_ZN9QIODevice5writeERK10QByteArray"));
    noteWrite(device, bytes.size(), CALLER);
    return call(device, bytes);
}

qint64 _ZN10QUdpSocket13writeDatagramEPKcxRK12QHostAddresst(
    QUdpSocket *socket, const char *bytes, qint64 size, const QHostAddress &host, quint16 port)
{
    static const auto call =
        reinterpret_cast<qint64 (*)(QUdpSocket *, const char *, qint64, const QHostAddress &, quint16)>(
            dlsym(RTLD_NEXT, "_ZN10QUdpSocket13writeDatagramEPKcxRK12QHostAddresst"));
    datagramSite = siteOf(CALLER);
    const qint64 sent = call(socket, bytes, size, host, port);
    datagramSite.clear();
    return sent;
}

qint64 _ZN10QUdpSocket13writeDatagramERK16QNetworkDatagram(QUdpSocket *socket, const QNetworkDatagram &datagram)
{
    static const auto call = reinterpret_cast<qint64 (*)(QUdpSocket *, const QNetworkDatagram &)>(
        dlsym(RTLD_NEXT, "_ZN10QUdpSocket13writeDatagramERK16QNetworkDatagram"));
    datagramSite = siteOf(CALLER);
    const qint64 sent = call(socket, datagram);
    datagramSite.clear();
    return sent;
}

} // extern "C"
