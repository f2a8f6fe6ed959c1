<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Pilotfish {version}</source>
        <translation>领航鱼 {version}</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>A co-pilot seat beside your folder of notes. MIT licence. It uses Qt under the LGPL 3: its libraries lie beside the program and may be replaced. The embedding model is multilingual-e5-small (MIT), the demonstration model SmolLM2 (Apache-2.0), the dictionary CC-CEDICT (CC BY-SA 4.0).</source>
        <translation>坐在笔记旁边的副驾驶。MIT 许可证。它按 LGPL 3 使用 Qt：Qt 的库文件放在程序旁边，可以替换。嵌入模型是 multilingual-e5-small（MIT），演示模型是 SmolLM2（Apache-2.0），词典是 CC-CEDICT（CC BY-SA 4.0）。</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>Something went wrong ({kind}). Your text is kept. If the window misbehaves, start it again.</source>
        <translation>出了点问题（{kind}）。你的文字都还在。如果窗口不正常，请重新启动。</translation>
    </message>
    <message>
        <source>There is no note “{name}” yet.</source>
        <translation>还没有“{name}”这篇笔记。</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>新建这篇</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>More</source>
        <translation>再来</translation>
    </message>
    <message>
        <source>Polish further</source>
        <translation>继续打磨</translation>
    </message>
    <message>
        <source>Append to the note</source>
        <translation>追加到笔记末尾</translation>
    </message>
    <message>
        <source>Make it a new note</source>
        <translation>另存为新笔记</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Go on from here in a new conversation</source>
        <translation>从这里另开一段对话</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>发出了什么</translation>
    </message>
    <message>
        <source>Good answer</source>
        <translation>答得好</translation>
    </message>
    <message>
        <source>Bad answer</source>
        <translation>答得不好</translation>
    </message>
    <message>
        <source>Insert at the cursor (Ctrl+Enter)</source>
        <translation>插入到光标处（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Polish this one further: say what should be different</source>
        <translation>继续打磨这一条：说说哪里要改</translation>
    </message>
    <message>
        <source>Replace what was selected when you asked (Ctrl+Shift+Enter)</source>
        <translation>替换提问时选中的文字（Ctrl+Shift+Enter）</translation>
    </message>
    <message>
        <source>Ask the same again for another answer</source>
        <translation>同样的要求再来一次</translation>
    </message>
    <message>
        <source>Copy as Markdown, as it would be inserted</source>
        <translation>复制为 Markdown，与插入的内容相同</translation>
    </message>
</context>
<context>
    <name>AnswerArea</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>Answer to: {request}</source>
        <translation>对“{request}”的回答</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Sent in place of earlier messages</source>
        <translation>代替之前的消息发送</translation>
    </message>
    <message>
        <source>Numbers in brackets are left out; links to their notes follow.</source>
        <translation>方括号里的编号不会带进去，末尾会附上出处笔记的链接。</translation>
    </message>
    <message>
        <source>Incomplete: the answer broke off before its end.</source>
        <translation>不完整：回答中途断了。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Your notes say nothing about this. Other words may help.</source>
        <translation>笔记里没有提到这件事。换个说法也许能找到。</translation>
    </message>
    <message>
        <source>Dotted lines: not found in your notes.</source>
        <translation>带点线的句子在你的笔记里没有找到依据。</translation>
    </message>
    <message>
        <source>Answered without the earlier pictures: the model sees none.</source>
        <translation>回答时没有附上先前的图片：这个模型看不了图片。</translation>
    </message>
    <message>
        <source>Waiting for the model</source>
        <translation>正在等模型回答</translation>
    </message>
    <message>
        <source>Looking through your notes</source>
        <translation>正在查阅你的笔记</translation>
    </message>
    <message>
        <source>The answer is complete.</source>
        <translation>回答完毕。</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Ask your notes</source>
        <translation>问问你的笔记</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language changes with the next start; notes and places are kept.</source>
        <translation>语言在下次启动时切换；打开的笔记和位置会保留。</translation>
    </message>
    <message>
        <source>Save and restart now</source>
        <translation>保存并立即重启</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <source>Pictures sent along</source>
        <translation>一起发送的图片</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Pasted picture {number}</source>
        <translation>粘贴的图片 {number}</translation>
    </message>
    <message>
        <source>Take off: {name}</source>
        <translation>不再带上：{name}</translation>
    </message>
    <message>
        <source>{name}: sent along. Click to leave it out.</source>
        <translation>{name}：会一起发送。点一下就不带上。</translation>
    </message>
</context>
<context>
    <name>CandidateCard</name>
    <message>
        <source>Suggestions for: {request}</source>
        <translation>“{request}” 的候选</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Nothing new came. Say what should be different, or try a warmer model.</source>
        <translation>没有新的写法了。说说哪里要改，或者换个模型再试。</translation>
    </message>
    <message>
        <source>Suggestions: {count}</source>
        <translation>共 {count} 条候选</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Waiting for the model</source>
        <translation>正在等模型回答</translation>
    </message>
    <message>
        <source>How it came about: {steps}</source>
        <translation>打磨过程：{steps}</translation>
    </message>
    <message>
        <source>Discard these suggestions</source>
        <translation>弃用这些候选</translation>
    </message>
    <message>
        <source>What should be different</source>
        <translation>哪里要改</translation>
    </message>
    <message>
        <source>What should be different? Enter sends it</source>
        <translation>哪里要改？按 Enter 发送</translation>
    </message>
    <message>
        <source>Discarded.</source>
        <translation>已弃用。</translation>
    </message>
</context>
<context>
    <name>CandidateList</name>
    <message>
        <source>Candidates</source>
        <translation>候选</translation>
    </message>
</context>
<context>
    <name>CandidateView</name>
    <message>
        <source>Incomplete: it broke off before its end.</source>
        <translation>不完整：没写完就中断了。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>{n} – from {origin}: {wish}</source>
        <translation>{n} · 由 {origin} 改来：{wish}</translation>
    </message>
    <message>
        <source>Candidate {n}</source>
        <translation>第 {n} 条</translation>
    </message>
    <message>
        <source>Candidate {n}, chosen</source>
        <translation>第 {n} 条，已选中</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>No note is open to insert into. Copy still works.</source>
        <translation>没有打开的笔记可以插入，仍然可以复制。</translation>
    </message>
    <message>
        <source>The text there has changed, so nothing was replaced. Insert and Copy still work.</source>
        <translation>那里的文字已经改动过，所以没有替换。仍然可以插入或复制。</translation>
    </message>
    <message>
        <source>The text there has changed. This is what would become of it now.</source>
        <translation>那里的文字已经变了。替换后会是下面这样。</translation>
    </message>
    <message>
        <source>This is what stands there already.</source>
        <translation>和原文一样，没有可替换的。</translation>
    </message>
    <message>
        <source>Replaced. Undo in the note brings the old text back.</source>
        <translation>已替换。在笔记里撤销即可恢复原文。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
</context>
<context>
    <name>CheckCard</name>
    <message>
        <source>Fact check: {text}</source>
        <translation>核对事实：{text}</translation>
    </message>
    <message>
        <source>Finding the statements</source>
        <translation>正在找出其中的说法</translation>
    </message>
    <message>
        <source>looking it up</source>
        <translation>正在查找</translation>
    </message>
    <message>
        <source>There is no statement in it that could be checked.</source>
        <translation>这段话里没有可以核对的说法。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>not looked up</source>
        <translation>没有查</translation>
    </message>
    <message>
        <source>Your notes say so</source>
        <translation>笔记里有依据</translation>
    </message>
    <message>
        <source>Your notes say otherwise</source>
        <translation>与笔记不符</translation>
    </message>
    <message>
        <source>Your notes say nothing about it</source>
        <translation>笔记里没有提到</translation>
    </message>
    <message>
        <source>{verdict}, as the model judges</source>
        <translation>{verdict}（模型判断）</translation>
    </message>
    <message>
        <source>{yes} supported, {no} contradicted, {none} not found</source>
        <translation>{yes} 条有依据，{no} 条与笔记不符，{none} 条没有提到</translation>
    </message>
</context>
<context>
    <name>ChoiceKeys</name>
    <message>
        <source>Suggestion {number}</source>
        <translation>第 {number} 个候选</translation>
    </message>
</context>
<context>
    <name>CitationList</name>
    <message>
        <source>checked</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>not found there</source>
        <translation>原文中未找到</translation>
    </message>
    <message>
        <source>No passage has this number</source>
        <translation>没有这个编号的片段</translation>
    </message>
    <message>
        <source>{place}, l.{line}</source>
        <translation>{place}，第 {line} 行</translation>
    </message>
</context>
<context>
    <name>Companion</name>
    <message>
        <source>Companion – Pilotfish</source>
        <translation>伴写窗 – 领航鱼</translation>
    </message>
</context>
<context>
    <name>CompanionDesk</name>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>The panel has a window of its own</source>
        <translation>侧栏正在单独的窗口里</translation>
    </message>
    <message>
        <source>It stays beside whatever you write in, and follows the note you save.</source>
        <translation>它停在你正在用的编辑器旁边，跟随你保存的笔记。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>放回这里</translation>
    </message>
    <message>
        <source>The note was changed since, so nothing was taken back.</source>
        <translation>笔记之后又被改过，所以没有撤回。</translation>
    </message>
</context>
<context>
    <name>CompanionHead</name>
    <message>
        <source>No note yet</source>
        <translation>还没有笔记</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Save in any editor: its block shows here.</source>
        <translation>在任意编辑器里保存，改动的那一段会显示在这里。</translation>
    </message>
    <message>
        <source>The note you save in any editor shows here.</source>
        <translation>在任意编辑器里保存的笔记会显示在这里。</translation>
    </message>
    <message>
        <source>To the left edge</source>
        <translation>移到屏幕左侧</translation>
    </message>
    <message>
        <source>To the right edge</source>
        <translation>移到屏幕右侧</translation>
    </message>
    <message>
        <source>Stays on top; click to let other windows cover it</source>
        <translation>正在置顶；点一下允许被其他窗口遮住</translation>
    </message>
    <message>
        <source>Keep on top</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Make the note what it was before the last change (Ctrl+Alt+Z)</source>
        <translation>把笔记恢复成上次改动之前的样子（Ctrl+Alt+Z）</translation>
    </message>
</context>
<context>
    <name>CompareCard</name>
    <message>
        <source>Comparison: {request}</source>
        <translation>比较：{request}</translation>
    </message>
    <message>
        <source>Noted: for this kind of work you liked {model} best.</source>
        <translation>已记下：这类任务你更喜欢 {model}。</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare the models</source>
        <translation>比较模型</translation>
    </message>
    <message>
        <source>What served you so far</source>
        <translation>到目前为止哪个好用</translation>
    </message>
    <message>
        <source>Two models are needed: add a provider or a second model in the settings.</source>
        <translation>至少要有两个模型：请在设置里再添加一个服务商或模型。</translation>
    </message>
    <message>
        <source>Chosen: {count}. Two to four can be compared.</source>
        <translation>已选 {count} 个，可以比较 2 到 4 个。</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>查找模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>Type what the models are to answer, then compare them.</source>
        <translation>先写下要让各个模型回答的内容，再来比较。</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Requests of your own</source>
        <translation>自己写的要求</translation>
    </message>
    <message>
        <source>Fact check</source>
        <translation>核对事实</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Two versions of “{path}”</source>
        <translation>“{path}”的两个版本</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>你的版本</translation>
    </message>
    <message>
        <source>The file as it was changed elsewhere</source>
        <translation>被其他程序改过的文件</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>用文件的版本</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两个都留</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>用我的版本</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Request</source>
        <translation>提问或要求</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（Enter）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>停止回答（Esc）</translation>
    </message>
    <message>
        <source>Will be sent when the answer is complete. Enter again stops the answer and sends this now.</source>
        <translation>回答写完后就会发送。再按一次回车，停止回答并立即发送。</translation>
    </message>
</context>
<context>
    <name>ConnectionForm</name>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Another provider</source>
        <translation>其他服务商</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Connect anyway: anyone on the way can read the text</source>
        <translation>仍要连接：途经的任何人都能看到内容</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pilotfish is still starting. Try again in a moment.</source>
        <translation>领航鱼还在启动，请稍后再试。</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Connected. Models: {count}</source>
        <translation>连接成功，共 {count} 个模型</translation>
    </message>
    <message>
        <source>Runs on this machine: nothing leaves it.</source>
        <translation>在本机运行，任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Your requests, the text they work on and the passages found for them go to {host}. The index of your notes stays on this machine. The key is kept in the system&apos;s keyring, for this address only.</source>
        <translation>你的要求、所处理的文字，以及为此找到的笔记片段会发送到 {host}。笔记索引只留在本机。密钥存放在系统的密钥环里，只用于这个地址。</translation>
    </message>
</context>
<context>
    <name>ContextBar</name>
    <message>
        <source>What is sent along</source>
        <translation>随要求一起发送的内容</translation>
    </message>
    <message>
        <source>Using</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Passages from your notes</source>
        <translation>笔记中的相关片段</translation>
    </message>
    <message>
        <source>Only notes with this tag are looked at</source>
        <translation>只看带这个标签的笔记</translation>
    </message>
    <message>
        <source>Will be sent: {what}</source>
        <translation>将要发送：{what}</translation>
    </message>
    <message>
        <source>This block</source>
        <translation>这一段</translation>
    </message>
    <message>
        <source>Take off: {name}</source>
        <translation>不再带上：{name}</translation>
    </message>
    <message>
        <source>About this much will be sent, at most this it costs. See exactly what</source>
        <translation>大约发送这么多，最多花这么多。点击查看具体内容</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 词元</translation>
    </message>
    <message>
        <source>{tokens} · {cost} USD</source>
        <translation>{tokens} · {cost} 美元</translation>
    </message>
    <message>
        <source>Sent along. Click to leave it out.</source>
        <translation>会一起发送，点击可去掉。</translation>
    </message>
    <message>
        <source>Not sent along. Click to take it along.</source>
        <translation>不会发送，点击可加上。</translation>
    </message>
    <message>
        <source>Changed block ({count})</source>
        <translation>刚改的一段（{count}）</translation>
    </message>
    <message>
        <source>Selection ({count})</source>
        <translation>选中 {count} 字</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Go to the end</source>
        <translation>到末尾</translation>
    </message>
</context>
<context>
    <name>CostPage</name>
    <message>
        <source>Costs are worked out on this machine, from the tokens that the provider reports and a list of prices that came with Pilotfish. The provider&apos;s own bill counts.</source>
        <translation>费用由本机根据服务商报告的词元数和领航鱼自带的价格表估算，以服务商的账单为准。</translation>
    </message>
    <message>
        <source>Today: {cost} USD</source>
        <translation>今天：{cost} 美元</translation>
    </message>
    <message>
        <source>Monthly limit</source>
        <translation>每月上限</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Spent by</source>
        <translation>花费明细</translation>
    </message>
    <message>
        <source>By model, this month</source>
        <translation>本月，按模型</translation>
    </message>
    <message>
        <source>By kind of work, this month</source>
        <translation>本月，按用途</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>Nothing was asked of a model yet.</source>
        <translation>还没有向模型提过请求。</translation>
    </message>
    <message>
        <source>chosen by itself</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>{tier}: {model}, {where}</source>
        <translation>{tier}：{model}，{where}</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>更快</translation>
    </message>
    <message>
        <source>More precise</source>
        <translation>更准</translation>
    </message>
    <message>
        <source>on this machine, free</source>
        <translation>在本机，免费</translation>
    </message>
    <message>
        <source>Today: {today} USD · this month: {month} USD</source>
        <translation>今天：{today} 美元 · 本月：{month} 美元</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>{cost} and more</source>
        <translation>{cost} 以上</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Requests of your own</source>
        <translation>自己写的要求</translation>
    </message>
    <message>
        <source>Ghost text</source>
        <translation>灰字建议</translation>
    </message>
    <message>
        <source>Fact check</source>
        <translation>核对事实</translation>
    </message>
    <message>
        <source>Summaries of long conversations</source>
        <translation>长对话的摘要</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Inserted</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Once a month has cost so much, nothing more is sent to models elsewhere, and that is said. Models on this machine go on.</source>
        <translation>当月花费达到这个数之后，不再向别处的模型发送任何内容，并会告诉你。本机上的模型照常使用。</translation>
    </message>
</context>
<context>
    <name>CrashWindow</name>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pilotfish ended unexpectedly last time</source>
        <translation>领航鱼上次意外退出</translation>
    </message>
    <message>
        <source>Your notes are whole, each as it was saved last. What was not saved yet is kept as a draft and offered above the note. The report holds no note, no question and no key; it is sent nowhere.</source>
        <translation>笔记都完好，停留在最后一次保存的样子。还没来得及保存的内容已留作草稿，打开后会在笔记上方询问是否恢复。报告里没有笔记、提问和密钥，也不会发送到任何地方。</translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>Gathering …</source>
        <translation>正在收集…</translation>
    </message>
    <message>
        <source>This is everything a report would hold: no note, no question, no key. It is sent nowhere; save it and give it to whom you like.</source>
        <translation>报告的全部内容都在这里：没有笔记，没有提问，没有密钥。它不会被发送到任何地方；你可以保存下来，交给你愿意给的人。</translation>
    </message>
</context>
<context>
    <name>DiffText</name>
    <message>
        <source>What changes</source>
        <translation>有哪些改动</translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message>
        <source>Changes to decide on</source>
        <translation>待确认的改动</translation>
    </message>
    <message>
        <source>Change before (←)</source>
        <translation>上一处改动（←）</translation>
    </message>
    <message>
        <source>Next change (→)</source>
        <translation>下一处改动（→）</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>采纳</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>不要</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>全部采纳</translation>
    </message>
    <message>
        <source>Reject all</source>
        <translation>全部不要</translation>
    </message>
    <message>
        <source>Change {number} of {count}</source>
        <translation>第 {number} 处，共 {count} 处</translation>
    </message>
    <message>
        <source>“{old}” becomes “{new}”</source>
        <translation>“{old}” 改为 “{new}”</translation>
    </message>
    <message>
        <source>Accept the rest</source>
        <translation>其余都采纳</translation>
    </message>
    <message>
        <source>Reject the rest</source>
        <translation>其余都不要</translation>
    </message>
    <message>
        <source>invisible characters</source>
        <translation>看不见的字符</translation>
    </message>
    <message>
        <source>links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the members of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Look twice, new here: {kinds}</source>
        <translation>请留意，新出现了{kinds}</translation>
    </message>
</context>
<context>
    <name>DocumentDesk</name>
    <message>
        <source>Import documents …</source>
        <translation>导入文档…</translation>
    </message>
    <message>
        <source>Import documents</source>
        <translation>导入文档</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Open original</source>
        <translation>打开原文件</translation>
    </message>
    <message>
        <source>Save as note</source>
        <translation>存为笔记</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Text of {name}</source>
        <translation>{name} 的文字</translation>
    </message>
    <message>
        <source>The text that was read from the file; it cannot be changed here.</source>
        <translation>这是从文件中读出的文字，不能在这里修改。</translation>
    </message>
</context>
<context>
    <name>DocumentsBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读取 {name}</translation>
    </message>
    <message>
        <source>Reading {name} ({number} of {total})</source>
        <translation>正在读取 {name}（{number}/{total}）</translation>
    </message>
    <message numerus="yes">
        <source>%n documents read</source>
        <translation>
            <numerusform>已读取 %n 个文档</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>%n 个已经在库中</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} could not be read</source>
        <translation>{n} 个无法读取</translation>
    </message>
    <message>
        <source>cancelled; what was read stays</source>
        <translation>已取消；读过的文档会保留</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>There was no document to read</source>
        <translation>没有可读取的文档</translation>
    </message>
</context>
<context>
    <name>DocumentsSection</name>
    <message>
        <source>Documents ({count})</source>
        <translation>文档（{count}）</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open original</source>
        <translation>打开原文件</translation>
    </message>
    <message>
        <source>Save as note</source>
        <translation>存为笔记</translation>
    </message>
    <message>
        <source>Import documents …</source>
        <translation>导入文档…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>DraftOffer</name>
    <message>
        <source>“{name}” has text that was not saved when Pilotfish last ended.</source>
        <translation>“{name}”有上次退出时没来得及保存的文字。</translation>
    </message>
    <message>
        <source>Restore it</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>Drafting</name>
    <message>
        <source>What is in the picture?</source>
        <translation>图片里是什么？</translation>
    </message>
    <message>
        <source>Open a note first: the values are proposed from it.</source>
        <translation>先打开一篇笔记，才能从中填写。</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Drop {count} files to find and cite them beside your notes</source>
        <translation>松开以导入 {count} 个文件，与笔记一起搜索和引用</translation>
    </message>
    <message>
        <source>Drop the folder to find and cite its documents beside your notes</source>
        <translation>松开以导入文件夹里的文档，与笔记一起搜索和引用</translation>
    </message>
    <message>
        <source>Drop to find and cite it beside your notes</source>
        <translation>松开以导入，与笔记一起搜索和引用</translation>
    </message>
</context>
<context>
    <name>EarlierChip</name>
    <message>
        <source>Earlier pictures ({count})</source>
        <translation>先前的图片（{count}）</translation>
    </message>
    <message>
        <source>Earlier pictures not sent</source>
        <translation>先前的图片未发送</translation>
    </message>
    <message>
        <source>The model sees no pictures. Settings &gt; Models can name one that does.</source>
        <translation>这个模型看不了图片。可在“设置 &gt; 模型”里指定一个能看的。</translation>
    </message>
    <message>
        <source>Sent again, so that the model still sees them. Click to leave them out.</source>
        <translation>会再次发送，好让模型仍能看到。点一下就不发送。</translation>
    </message>
    <message>
        <source>Not sent along. Click to take them along.</source>
        <translation>不会发送。点一下就一起发送。</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Note editor</source>
        <translation>笔记编辑器</translation>
    </message>
</context>
<context>
    <name>FilePlace</name>
    <message>
        <source>Put into “{note}”. It can be taken back above.</source>
        <translation>已插入《{note}》，可在上方撤回。</translation>
    </message>
    <message>
        <source>Put at the end of “{note}”. It can be taken back above.</source>
        <translation>已追加到《{note}》末尾，可在上方撤回。</translation>
    </message>
    <message>
        <source>Replaced in “{note}”. It can be taken back above.</source>
        <translation>已替换《{note}》中的这一段，可在上方撤回。</translation>
    </message>
    <message>
        <source>Made the note “{note}”.</source>
        <translation>已新建笔记《{note}》。</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this note</source>
        <translation>在本笔记中查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Match case (Alt+C)</source>
        <translation>区分大小写（Alt+C）</translation>
    </message>
    <message>
        <source>Whole words (Alt+W)</source>
        <translation>全字匹配（Alt+W）</translation>
    </message>
    <message>
        <source>Regular expression (Alt+R)</source>
        <translation>正则表达式（Alt+R）</translation>
    </message>
    <message>
        <source>Place before (Shift+Enter)</source>
        <translation>上一处（Shift+Enter）</translation>
    </message>
    <message>
        <source>Next place (Enter)</source>
        <translation>下一处（Enter）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>{place} of {total}</source>
        <translation>第 {place} 处，共 {total} 处</translation>
    </message>
    <message>
        <source>{total} found</source>
        <translation>找到 {total} 处</translation>
    </message>
    <message>
        <source>No valid expression, or too slow a one</source>
        <translation>表达式有误，或匹配过慢</translation>
    </message>
</context>
<context>
    <name>FindKeys</name>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Next place, or replace</source>
        <translation>下一处，或替换</translation>
    </message>
    <message>
        <source>Place before</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome to Pilotfish</source>
        <translation>欢迎使用领航鱼</translation>
    </message>
    <message>
        <source>Looking for model servers on this machine</source>
        <translation>正在本机上寻找模型服务</translation>
    </message>
    <message>
        <source>Choose a folder …</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Use {name} on this machine ({models})</source>
        <translation>使用本机的 {name}（{models}）</translation>
    </message>
    <message>
        <source>No model server runs on this machine. Ollama, LM Studio, llama.cpp and vLLM are found.</source>
        <translation>本机没有正在运行的模型服务。能自动找到 Ollama、LM Studio、llama.cpp 和 vLLM。</translation>
    </message>
    <message>
        <source>Nothing leaves this machine with these:</source>
        <translation>用这些，什么都不会离开本机：</translation>
    </message>
    <message>
        <source>Step {n} of {count}</source>
        <translation>第 {n} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Where are your notes?</source>
        <translation>你的笔记在哪里？</translation>
    </message>
    <message>
        <source>Pilotfish reads them where they are, on this machine, and adds nothing to them.</source>
        <translation>领航鱼就地读取，只在本机，不往里添加任何东西。</translation>
    </message>
    <message>
        <source>Another folder …</source>
        <translation>别的文件夹…</translation>
    </message>
    <message>
        <source>Try the welcome vault</source>
        <translation>试试欢迎笔记库</translation>
    </message>
    <message>
        <source>Who answers?</source>
        <translation>由谁来回答？</translation>
    </message>
    <message>
        <source>Search and quotes from your notes work without any model.</source>
        <translation>不接模型也能搜索，并引用笔记原文。</translation>
    </message>
    <message>
        <source>Connect a provider with a key …</source>
        <translation>用密钥接入服务商…</translation>
    </message>
    <message>
        <source>Quotes only, for now</source>
        <translation>暂时只用笔记原文</translation>
    </message>
    <message>
        <source>Use {keys}</source>
        <translation>使用 {keys}</translation>
    </message>
    <message>
        <source>One key away</source>
        <translation>一键即达</translation>
    </message>
    <message>
        <source>Quick-ask comes up over any program and answers from your notes.</source>
        <translation>在任何程序里都能唤出快问，从你的笔记里得到回答。</translation>
    </message>
</context>
<context>
    <name>GhostPage</name>
    <message>
        <source>Offer ghost text while I write</source>
        <translation>写作时给出灰字建议</translation>
    </message>
    <message>
        <source>Your own words in code as well</source>
        <translation>代码里也用你自己写过的内容</translation>
    </message>
    <message>
        <source>Ask the faster model too, where one is connected</source>
        <translation>接入了更快的模型时，也让它来续写</translation>
    </message>
    <message>
        <source>{key} takes it</source>
        <translation>{key} 采纳</translation>
    </message>
    <message>
        <source>{key} takes a word</source>
        <translation>{key} 采纳一个词</translation>
    </message>
    <message>
        <source>{key} drops it</source>
        <translation>{key} 不要</translation>
    </message>
    <message>
        <source>The keys are changed under Keys.</source>
        <translation>按键可在“快捷键”里更改。</translation>
    </message>
    <message>
        <source>Grey words after the caret when you pause, as your own notes would go on. Without the tick they come only when you ask for them by key.</source>
        <translation>停顿时在光标后出现的灰字，按你自己笔记的写法往下续。不勾选时，只有按快捷键才会出现。</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Prompt: {name}</source>
        <translation>提示：{name}</translation>
    </message>
    <message>
        <source>Ask a question instead (Esc)</source>
        <translation>改为提问（Esc）</translation>
    </message>
    <message>
        <source>More precise</source>
        <translation>更准</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>更快</translation>
    </message>
    <message>
        <source>Model: {tier}</source>
        <translation>模型：{tier}</translation>
    </message>
    <message>
        <source>Switch the model (Ctrl+Shift+M)</source>
        <translation>切换模型（Ctrl+Shift+M）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation>提问（回车）</translation>
    </message>
    <message>
        <source>With “{text}”</source>
        <translation>附上“{text}”</translation>
    </message>
    <message>
        <source>Take the selection along (Ctrl+T)</source>
        <translation>附上选中的文字（Ctrl+T）</translation>
    </message>
    <message>
        <source>What is selected or copied in the other program goes along with the question</source>
        <translation>把你在别的程序里选中或复制的文字和问题一起发送</translation>
    </message>
    <message>
        <source>Demonstration model, on this machine</source>
        <translation>演示模型，在本机</translation>
    </message>
    <message>
        <source>No model: answers in quotes</source>
        <translation>没有模型：用笔记原文作答</translation>
    </message>
    <message>
        <source>{model}, on this machine</source>
        <translation>{model}，在本机</translation>
    </message>
    <message>
        <source>{model}, at {host}</source>
        <translation>{model}，在 {host}</translation>
    </message>
    <message>
        <source>New conversation (Ctrl+Shift+N)</source>
        <translation>新对话（Ctrl+Shift+N）</translation>
    </message>
    <message>
        <source>Conversations (Ctrl+Shift+H)</source>
        <translation>对话记录（Ctrl+Shift+H）</translation>
    </message>
    <message>
        <source>Back into the main window (Ctrl+Shift+F9)</source>
        <translation>放回主窗口（Ctrl+Shift+F9）</translation>
    </message>
    <message>
        <source>In a window of its own, beside another program (Ctrl+Shift+F9)</source>
        <translation>放到单独的窗口，停在其他程序旁边（Ctrl+Shift+F9）</translation>
    </message>
</context>
<context>
    <name>ImportResults</name>
    <message>
        <source>Imported documents</source>
        <translation>导入的文档</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>Was there already, as {name}.</source>
        <translation>已经在库中，名为 {name}。</translation>
    </message>
    <message>
        <source>… and {n} more hidden</source>
        <translation>……另有 {n} 处隐藏文字</translation>
    </message>
    <message>
        <source>{place}: the words are a layer that text recognition laid over a picture.</source>
        <translation>{place}：文字是识别程序叠在图片上的一层。</translation>
    </message>
    <message>
        <source>Hidden from readers and left out: “{words}”</source>
        <translation>读者看不到、已略去的文字：“{words}”</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>IndexDetailsPopup</name>
    <message>
        <source>Index details</source>
        <translation>索引详情</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Rebuild</source>
        <translation>重建索引</translation>
    </message>
    <message>
        <source>Read all notes anew. What the model has computed is kept.</source>
        <translation>重新读取全部笔记；模型已算好的结果会保留。</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>继续索引</translation>
    </message>
    <message>
        <source>Not indexed: {n}</source>
        <translation>未索引：{n} 个</translation>
    </message>
    <message>
        <source>Left by a sync program</source>
        <translation>由同步程序留下</translation>
    </message>
    <message>
        <source>Conflict copies, not indexed: {n}</source>
        <translation>冲突副本，未索引：{n} 个</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Found by words only</source>
        <translation>暂时只能按字词找到</translation>
    </message>
    <message>
        <source>Embedding model</source>
        <translation>嵌入模型</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>存放位置</translation>
    </message>
    <message>
        <source>Notes are sent to</source>
        <translation>笔记会发送到</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>已暂缓</translation>
    </message>
    <message>
        <source>until the machine is plugged in</source>
        <translation>接上电源后继续</translation>
    </message>
</context>
<context>
    <name>IndexPage</name>
    <message>
        <source>Left out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Left out by tag</source>
        <translation>按标签排除</translation>
    </message>
    <message>
        <source>private, diary</source>
        <translation>私密，日记</translation>
    </message>
    <message>
        <source>Largest note</source>
        <translation>笔记大小上限</translation>
    </message>
    <message>
        <source>Wait for the plug: no search by meaning is prepared on battery</source>
        <translation>用电池时先不处理按意思搜索，接上电源再继续</translation>
    </message>
    <message>
        <source>Embedding model</source>
        <translation>嵌入模型</translation>
    </message>
    <message>
        <source>multilingual-e5-small (built in)</source>
        <translation>multilingual-e5-small（内置）</translation>
    </message>
    <message>
        <source>Computed at</source>
        <translation>在哪里计算</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Reranker</source>
        <translation>重排模型</translation>
    </message>
    <message>
        <source>none</source>
        <translation>不用</translation>
    </message>
    <message>
        <source>Shared index</source>
        <translation>共享索引</translation>
    </message>
    <message>
        <source>kept on this machine</source>
        <translation>保存在本机</translation>
    </message>
    <message>
        <source>This is no folder and no address that starts with s3://, gs://, az:// or db://.</source>
        <translation>这既不是文件夹，也不是以 s3://、gs://、az:// 或 db:// 开头的地址。</translation>
    </message>
    <message>
        <source>No key belongs here: the settings are a plain file. Keys are found where the store&apos;s other programs find them.</source>
        <translation>这里不要写密钥：设置是明文文件。密钥会从该存储的其他程序存放的地方读取。</translation>
    </message>
    <message>
        <source>One pattern a line, written as in .gitignore. What is left out is never indexed, so it is never found and never sent to a model. The vault&apos;s own .pilotfishignore counts too.</source>
        <translation>每行一个规则，写法与 .gitignore 相同。被排除的内容不会建立索引，因此搜不到，也绝不会发给模型。笔记库自己的 .pilotfishignore 同样有效。</translation>
    </message>
    <message>
        <source>A folder or a name that sentence-transformers knows. With another model the meaning of all notes is computed anew; search by words works meanwhile.</source>
        <translation>sentence-transformers 认得的名称或文件夹。换模型后要重新处理全部笔记的意思；这期间仍可按词语搜索。</translation>
    </message>
    <message>
        <source>The address of an OpenAI-compatible service that knows this model. Every note that is not left out goes there; without an address none leaves this machine.</source>
        <translation>认得这个模型的 OpenAI 兼容服务的地址。未被排除的每条笔记都会发送到那里；不填地址，笔记就不会离开本机。</translation>
    </message>
    <message>
        <source>Tags, with commas between them. A note that carries one of them, or one below it such as #private/diary, is left out in the same way. This counts in all your vaults.</source>
        <translation>填写标签，用逗号隔开。带有其中某个标签或其下级标签（如 #私密/日记）的笔记同样会被排除，对所有笔记库都有效。</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>电池</translation>
    </message>
    <message>
        <source>Where a team keeps one index of a vault: a folder that all can reach, s3://bucket/path (also gs:// and az://), or db://name of a LanceDB server. The passages of your notes then lie there, readable for whoever may read that place.</source>
        <translation>团队共用一份索引时填它的地址：大家都能访问的文件夹、s3://bucket/path（也可以是 gs:// 或 az://），或 LanceDB 服务器的 db://name。笔记的段落会存到那里，能读取那个位置的人都看得到。</translation>
    </message>
    <message>
        <source>A cross-encoder on this machine, by its folder or its sentence-transformers name, for example BAAI/bge-reranker-v2-m3. It reads the 20 best passages with the question and may take a quarter of a second: without a graphics card only small ones are in time. Nothing is downloaded.</source>
        <translation>本机上的 cross-encoder 模型，填文件夹或 sentence-transformers 的名称，例如 BAAI/bge-reranker-v2-m3。它把最靠前的 20 段和问题放在一起读，限时四分之一秒：没有显卡时只有小模型来得及。不会下载任何东西。</translation>
    </message>
</context>
<context>
    <name>IndexedPages</name>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>设置页</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
</context>
<context>
    <name>Jumps</name>
    <message>
        <source>Headings of this note</source>
        <translation>本笔记的标题</translation>
    </message>
    <message>
        <source>Open notes</source>
        <translation>已打开的笔记</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Press a key</source>
        <translation>按一个键</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keep running in the tray when the window is closed</source>
        <translation>关闭窗口后留在托盘里继续运行</translation>
    </message>
    <message>
        <source>No key yet. Press one in the field, for example Ctrl+Alt+Space.</source>
        <translation>还没有快捷键。在框里按一个，例如 Ctrl+Alt+Space。</translation>
    </message>
    <message>
        <source>Your desktop is asking you for permission.</source>
        <translation>系统正在征求你的许可。</translation>
    </message>
    <message>
        <source>Works in every program: {keys}</source>
        <translation>在任何程序里都可用：{keys}</translation>
    </message>
    <message>
        <source>Another program has this key. Choose another one.</source>
        <translation>这个快捷键被别的程序占用了，请换一个。</translation>
    </message>
    <message>
        <source>This key cannot be used. Choose one with Ctrl, Alt or Super.</source>
        <translation>不能使用这个键。请选带 Ctrl、Alt 或 Super 的组合。</translation>
    </message>
    <message>
        <source>This desktop gives programs no global keys. Bind the command below in its own settings.</source>
        <translation>这个桌面不允许程序使用全局快捷键。请在系统设置里为下面的命令设置快捷键。</translation>
    </message>
    <message>
        <source>Quick-ask</source>
        <translation>快问</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>采纳</translation>
    </message>
    <message>
        <source>Take a word</source>
        <translation>采纳一个词</translation>
    </message>
    <message>
        <source>Take a sentence</source>
        <translation>采纳一句</translation>
    </message>
    <message>
        <source>Next suggestion</source>
        <translation>下一条建议</translation>
    </message>
    <message>
        <source>Suggestion before</source>
        <translation>上一条建议</translation>
    </message>
    <message>
        <source>Drop it</source>
        <translation>不要</translation>
    </message>
    <message>
        <source>Ask for one</source>
        <translation>要一条建议</translation>
    </message>
    <message>
        <source>Also: {actions}</source>
        <translation>与此相同：{actions}</translation>
    </message>
    <message>
        <source>In every program</source>
        <translation>在任何程序里</translation>
    </message>
    <message>
        <source>This desktop shows no tray.</source>
        <translation>这个桌面没有托盘。</translation>
    </message>
    <message>
        <source>Ghost text</source>
        <translation>灰字建议</translation>
    </message>
    <message>
        <source>In the window</source>
        <translation>窗口内</translation>
    </message>
    <message>
        <source>In the tree of notes</source>
        <translation>笔记树里</translation>
    </message>
    <message>
        <source>In the list of documents</source>
        <translation>文档列表里</translation>
    </message>
    <message>
        <source>Finding in a note</source>
        <translation>在笔记里查找</translation>
    </message>
    <message>
        <source>In the side panel</source>
        <translation>侧栏里</translation>
    </message>
    <message>
        <source>In the list of conversations</source>
        <translation>对话列表里</translation>
    </message>
    <message>
        <source>Choosing among suggestions</source>
        <translation>选择候选</translation>
    </message>
    <message>
        <source>In quick-ask</source>
        <translation>快问窗口里</translation>
    </message>
    <message>
        <source>In the companion</source>
        <translation>伴写窗里</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Back to {key}</source>
        <translation>改回 {key}</translation>
    </message>
    <message>
        <source>This command does the same:</source>
        <translation>这条命令的作用相同：</translation>
    </message>
    <message>
        <source>Command for quick-ask</source>
        <translation>快问的命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>en</source>
        <comment>the language of this translation: en or zh</comment>
        <translation>zh</translation>
    </message>
</context>
<context>
    <name>Lookup</name>
    <message>
        <source>Look only in notes with this tag</source>
        <translation>只在带这个标签的笔记里找</translation>
    </message>
    <message>
        <source>No prompt is called “{words}”</source>
        <translation>没有叫“{words}”的提示</translation>
    </message>
    <message>
        <source>Esc, then Enter sends it as it stands</source>
        <translation>按 Esc 再按 Enter，就照原样提问</translation>
    </message>
    <message>
        <source>{file}, line {line} has a mistake</source>
        <translation>{file} 第 {line} 行有误</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>候选项</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Notes pane</source>
        <translation>笔记栏</translation>
    </message>
    <message>
        <source>Side panel</source>
        <translation>侧栏</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>下一栏</translation>
    </message>
    <message>
        <source>Pane before</source>
        <translation>上一栏</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
</context>
<context>
    <name>MediaOffers</name>
    <message>
        <source>Linked here. Click to send the picture along.</source>
        <translation>这段文字里的图片。点一下就带上。</translation>
    </message>
    <message>
        <source>Linked here. Click to have the recording transcribed, and to send its words along.</source>
        <translation>这段文字里的录音。点一下就转写成文字并带上。</translation>
    </message>
    <message>
        <source>Take along: {name}</source>
        <translation>带上：{name}</translation>
    </message>
</context>
<context>
    <name>ModelColumn</name>
    <message>
        <source>Space chooses this answer</source>
        <translation>按空格选用这个回答</translation>
    </message>
    <message>
        <source>Waiting for the model</source>
        <translation>正在等模型回答</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>{model}, chosen</source>
        <translation>{model}，已选中</translation>
    </message>
    <message>
        <source>first word {s} s</source>
        <translation>首字 {s} 秒</translation>
    </message>
    <message>
        <source>all {s} s</source>
        <translation>共 {s} 秒</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 词元</translation>
    </message>
    <message>
        <source>{cost} USD</source>
        <translation>{cost} 美元</translation>
    </message>
    <message>
        <source>This one is best: {model}</source>
        <translation>这个最好：{model}</translation>
    </message>
    <message>
        <source>This one is best</source>
        <translation>这个最好</translation>
    </message>
</context>
<context>
    <name>ModelLine</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connect a model</source>
        <translation>连接模型</translation>
    </message>
</context>
<context>
    <name>ModelNotice</name>
    <message>
        <source>Connect a model</source>
        <translation>连接模型</translation>
    </message>
    <message>
        <source>Demonstration model on this machine: its words may be wrong. The quotes above are yours.</source>
        <translation>本机的演示模型，说的话可能有错；上面的引文是你自己的笔记。</translation>
    </message>
    <message>
        <source>Demonstration model on this machine: its words may be wrong.</source>
        <translation>本机的演示模型，说的话可能有错。</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Faster</source>
        <translation>更快</translation>
    </message>
    <message>
        <source>More precise</source>
        <translation>更准</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation>添加服务商</translation>
    </message>
    <message>
        <source>Pilotfish is still starting. Look again in a moment.</source>
        <translation>领航鱼还在启动，请稍后重新查找。</translation>
    </message>
    <message>
        <source>Looking for model servers on this machine</source>
        <translation>正在本机上寻找模型服务</translation>
    </message>
    <message>
        <source>Found on this machine; one click connects it, and nothing leaves the machine.</source>
        <translation>在本机找到，点一下即可连接，内容不会离开这台电脑。</translation>
    </message>
    <message>
        <source>No other model server was found on this machine.</source>
        <translation>本机没有找到其他模型服务。</translation>
    </message>
    <message>
        <source>No model server was found on this machine. Start Ollama, LM Studio, llama.cpp or vLLM and look again, or add a provider. Until then the built-in demonstration model answers.</source>
        <translation>本机没有找到模型服务。请启动 Ollama、LM Studio、llama.cpp 或 vLLM 后重新查找，或者添加服务商。在此之前由内置的演示模型回答。</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Ghost text</source>
        <translation>灰字建议</translation>
    </message>
    <message>
        <source>As “Faster”</source>
        <translation>与“更快”相同</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>As “More precise”</source>
        <translation>与“更准”相同</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>A provider that offers it</source>
        <translation>能转写的服务商</translation>
    </message>
    <message>
        <source>Only Whisper on this machine</source>
        <translation>只用本机的 Whisper</translation>
    </message>
    <message>
        <source>Which model answers</source>
        <translation>由哪个模型回答</translation>
    </message>
    <message>
        <source>A recording goes to a provider only after you have agreed to it.</source>
        <translation>录音只在你同意之后才会发给服务商。</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>服务商</translation>
    </message>
</context>
<context>
    <name>NameCompletion</name>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>NoteHeader</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>菜单（F10）</translation>
    </message>
    <message>
        <source>Vault: {name}</source>
        <translation>笔记库：{name}</translation>
    </message>
    <message>
        <source>Switch the vault</source>
        <translation>切换笔记库</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
</context>
<context>
    <name>NoteKeeper</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>NotePage</name>
    <message>
        <source>Find in this note</source>
        <translation>在本笔记中查找</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>查找和替换</translation>
    </message>
    <message>
        <source>Headings …</source>
        <translation>跳到标题…</translation>
    </message>
    <message>
        <source>Open notes …</source>
        <translation>已打开的笔记…</translation>
    </message>
    <message>
        <source>Open notes, backwards</source>
        <translation>已打开的笔记（反向）</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>关闭这篇笔记</translation>
    </message>
    <message>
        <source>Open the note closed last</source>
        <translation>重新打开刚关闭的笔记</translation>
    </message>
    <message>
        <source>Next note</source>
        <translation>下一篇笔记</translation>
    </message>
    <message>
        <source>Note before</source>
        <translation>上一篇笔记</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Check English spelling</source>
        <translation>检查英文拼写</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Usual size of text</source>
        <translation>恢复默认字号</translation>
    </message>
    <message>
        <source>Align table</source>
        <translation>对齐表格</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>加粗</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>斜体</translation>
    </message>
    <message>
        <source>Move lines up</source>
        <translation>上移所选行</translation>
    </message>
    <message>
        <source>Move lines down</source>
        <translation>下移所选行</translation>
    </message>
    <message>
        <source>Tick a task off</source>
        <translation>勾选任务</translation>
    </message>
    <message>
        <source>Make a link</source>
        <translation>插入链接</translation>
    </message>
    <message>
        <source>Follow the link</source>
        <translation>打开光标处的链接</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>查找下一处</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>查找上一处</translation>
    </message>
    <message>
        <source>This note is shown, not edited: {reason}</source>
        <translation>这篇笔记只能看，不能改：{reason}</translation>
    </message>
    <message>
        <source>This note was changed elsewhere, in the lines that you changed too.</source>
        <translation>这篇笔记在别处也改了，而且改到了同样的几行。</translation>
    </message>
    <message>
        <source>See both</source>
        <translation>对比两个版本</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两个都留</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>用我的版本</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>用文件的版本</translation>
    </message>
    <message>
        <source>This note was deleted or moved elsewhere. Its text is still here.</source>
        <translation>这篇笔记在别处被删除或移走了，文字还在这里。</translation>
    </message>
    <message>
        <source>Save it again</source>
        <translation>重新保存</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>NotePreview</name>
    <message>
        <source>Preview of the note</source>
        <translation>笔记预览</translation>
    </message>
</context>
<context>
    <name>NoteTabs</name>
    <message>
        <source>Open notes</source>
        <translation>已打开的笔记</translation>
    </message>
    <message>
        <source>Close {name}</source>
        <translation>关闭“{name}”</translation>
    </message>
    <message>
        <source>This note could not be saved</source>
        <translation>这篇笔记没能保存</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>The next note takes its place; double-click keeps it</source>
        <translation>打开下一篇时会替换这篇；双击可以留住</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the others</source>
        <translation>关闭其他</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>保持打开</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Choose the folder your notes are in</source>
        <translation>选择存放笔记的文件夹</translation>
    </message>
    <message>
        <source>Pilotfish works on plain Markdown files. It reads them here, on this machine, and writes nothing into the folder unless you do.</source>
        <translation>领航鱼直接使用普通的 Markdown 文件，只在本机读取；除非你自己修改，不会往文件夹里写任何东西。</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Try the welcome vault</source>
        <translation>试试欢迎笔记库</translation>
    </message>
    <message>
        <source>There are no notes here yet</source>
        <translation>这里还没有笔记</translation>
    </message>
    <message>
        <source>Write the first one, or open another folder.</source>
        <translation>写下第一篇，或者打开别的文件夹。</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新建笔记</translation>
    </message>
    <message>
        <source>No note is open</source>
        <translation>没有打开笔记</translation>
    </message>
    <message>
        <source>Choose one on the left, or press Ctrl+P and type a few words of it.</source>
        <translation>在左边选一篇，或者按 Ctrl+P 输入其中几个字。</translation>
    </message>
</context>
<context>
    <name>OverflowRow</name>
    <message>
        <source>More of them</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>PanelCommands</name>
    <message>
        <source>Go to the request field</source>
        <translation>转到输入框</translation>
    </message>
    <message>
        <source>Choose a prompt</source>
        <translation>选择提示</translation>
    </message>
    <message>
        <source>Insert the answer</source>
        <translation>插入回答</translation>
    </message>
    <message>
        <source>Replace the selection</source>
        <translation>替换选中的文字</translation>
    </message>
    <message>
        <source>Switch the model</source>
        <translation>切换模型</translation>
    </message>
    <message>
        <source>Check the facts</source>
        <translation>核对事实</translation>
    </message>
    <message>
        <source>Compare the models</source>
        <translation>比较模型</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话记录</translation>
    </message>
    <message>
        <source>Panel in a window of its own</source>
        <translation>侧栏单独成窗</translation>
    </message>
    <message>
        <source>Stop, or back to the note</source>
        <translation>停止，或回到笔记</translation>
    </message>
    <message>
        <source>Scene {number}</source>
        <translation>场景 {number}</translation>
    </message>
</context>
<context>
    <name>PictureLine</name>
    <message>
        <source>With {pictures}</source>
        <translation>附图：{pictures}</translation>
    </message>
</context>
<context>
    <name>Pins</name>
    <message>
        <source>Notes that go along</source>
        <translation>一并附上的笔记</translation>
    </message>
    <message>
        <source>Goes along: {note}</source>
        <translation>一并附上：{note}</translation>
    </message>
    <message>
        <source>{note} goes along. Press to leave it out.</source>
        <translation>会附上 {note}；按一下就不附。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Who sees your text</source>
        <translation>谁会看到你的文字</translation>
    </message>
    <message>
        <source>Where your things are</source>
        <translation>你的东西在哪里</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Index and backups</source>
        <translation>索引和备份</translation>
    </message>
    <message>
        <source>Drafts and logs</source>
        <translation>草稿和日志</translation>
    </message>
    <message>
        <source>Quick-ask</source>
        <translation>快问</translation>
    </message>
    <message>
        <source>Forget the recent questions</source>
        <translation>清除最近问过的问题</translation>
    </message>
    <message>
        <source>No model elsewhere is connected: questions and answers stay on this machine.</source>
        <translation>没有接入别处的模型：提问和回答都留在本机。</translation>
    </message>
    <message>
        <source>{hosts}: a request to a model there takes along your words and what the panel shows above them as used. What is left out under Index is never sent.</source>
        <translation>{hosts}：向那里的模型提问时，会发送你写的话，以及侧栏在上方列出的内容。在“索引”里排除的内容绝不会发送。</translation>
    </message>
    <message>
        <source>A recording goes there only after you have said yes to it.</source>
        <translation>录音只在你同意之后才会发到那里。</translation>
    </message>
    <message>
        <source>{place}: the index lies there, with the passages of your notes, readable for whoever may read that place. You set this under Index.</source>
        <translation>{place}：索引和笔记的段落存放在那里，能读取那个位置的人都看得到。这是在“索引”里设置的。</translation>
    </message>
    <message>
        <source>The index of your notes is made on this machine.</source>
        <translation>笔记的索引在本机上建立。</translation>
    </message>
    <message>
        <source>The index of your notes is made on this machine and never leaves it.</source>
        <translation>笔记的索引在本机建立，绝不会离开本机。</translation>
    </message>
    <message>
        <source>{host}: every note that is not left out goes there, for the search by meaning. You set this under Index.</source>
        <translation>{host}：为了按意思搜索，未被排除的每条笔记都会发送到那里。这是你在“索引”里设置的。</translation>
    </message>
    <message>
        <source>{what}: {folder}</source>
        <translation>{what}：{folder}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>ProblemBox</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>打开设置</translation>
    </message>
</context>
<context>
    <name>PromptBar</name>
    <message>
        <source>Prompts</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>All prompts …</source>
        <translation>全部提示…</translation>
    </message>
    <message>
        <source>Check the facts</source>
        <translation>核对事实</translation>
    </message>
    <message>
        <source>Compare the models</source>
        <translation>比较模型</translation>
    </message>
</context>
<context>
    <name>PromptForm</name>
    <message>
        <source>Requirements</source>
        <translation>要求</translation>
    </message>
    <message>
        <source> suggestions</source>
        <comment>after a number</comment>
        <translation> 条</translation>
    </message>
    <message>
        <source>How many suggestions</source>
        <translation>要几条候选</translation>
    </message>
    <message>
        <source>Fill from this note</source>
        <translation>从本篇笔记填写</translation>
    </message>
    <message>
        <source>Edit the prompt</source>
        <translation>编辑提示</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>“{field}” is needed.</source>
        <translation>请填写“{field}”。</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source> suggestion</source>
        <comment>after 1</comment>
        <translation> 条</translation>
    </message>
    <message>
        <source>Close the form</source>
        <translation>关闭表单</translation>
    </message>
    <message>
        <source>Close the form (Esc)</source>
        <translation>关闭表单（Esc）</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Question to your notes</source>
        <translation>向笔记提的问题</translation>
    </message>
    <message>
        <source>Ask your notes; &gt; for a prompt, @ for a note</source>
        <translation>问问你的笔记；&gt; 选提示，@ 选笔记</translation>
    </message>
    <message>
        <source>Anything else? Enter runs it</source>
        <translation>还有别的要求吗？按 Enter 开始</translation>
    </message>
</context>
<context>
    <name>QuickAsk</name>
    <message>
        <source>Quick-ask</source>
        <translation>快问</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Nothing to work on: take a selection along with Ctrl+T, or open a note.</source>
        <translation>没有可处理的文字：按 Ctrl+T 附上选中的文字，或者打开一篇笔记。</translation>
    </message>
    <message>
        <source>Works on “{note}”.</source>
        <translation>处理的是“{note}”。</translation>
    </message>
    <message>
        <source>Another program</source>
        <translation>别的程序</translation>
    </message>
    <message>
        <source>No prompt is called that.</source>
        <translation>没有叫这个名字的提示。</translation>
    </message>
    <message>
        <source>Nothing is selected or copied elsewhere.</source>
        <translation>别处没有选中或复制的文字。</translation>
    </message>
</context>
<context>
    <name>QuickCommands</name>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>To today&apos;s journal</source>
        <translation>记入今天的日记</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Take the selection along</source>
        <translation>附上选中的文字</translation>
    </message>
    <message>
        <source>Switch the model</source>
        <translation>切换模型</translation>
    </message>
</context>
<context>
    <name>QuickDesk</name>
    <message>
        <source>Open a folder of notes first.</source>
        <translation>请先打开一个笔记文件夹。</translation>
    </message>
    <message>
        <source>No note is open to insert into. Ctrl+J puts it into today&apos;s journal.</source>
        <translation>没有打开的笔记可以插入。按 Ctrl+J 可记入今天的日记。</translation>
    </message>
    <message>
        <source>Inserted into “{note}”.</source>
        <translation>已插入《{note}》。</translation>
    </message>
    <message>
        <source>Added to “{note}”.</source>
        <translation>已记入“{note}”。</translation>
    </message>
</context>
<context>
    <name>QuoteList</name>
    <message>
        <source>From your notes</source>
        <translation>你的笔记里写到</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Passages of your notes used: {count}</source>
        <translation>参考了 {count} 段笔记</translation>
    </message>
    <message>
        <source>Show all {count} passages</source>
        <translation>查看全部 {count} 段</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Recent questions</source>
        <translation>最近问过的问题</translation>
    </message>
</context>
<context>
    <name>RecordingDesk</name>
    <message>
        <source>Transcribe recordings</source>
        <translation>转写录音</translation>
    </message>
    <message numerus="yes">
        <source>Send %n recordings to {host} to be transcribed?</source>
        <translation>
            <numerusform>把 %n 段录音发送到 {host} 转写成文字？</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} MiB go to the model {model} there, which may cost money. The words come back and are found beside your notes; the files stay where they are.</source>
        <translation>共 {size} MiB，会发给那里的模型 {model}，可能产生费用。转写的文字会传回来，和笔记一起被检索；录音文件留在原处。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>不发送</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save this text …</source>
        <translation>保存这段文字…</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>That did not work: {reason}</source>
        <translation>没有成功：{reason}</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
</context>
<context>
    <name>SceneBar</name>
    <message>
        <source>Scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the language of this translation: en or zh</comment>
        <translation>zh</translation>
    </message>
</context>
<context>
    <name>SceneDialog</name>
    <message>
        <source>Change the scene</source>
        <translation>修改场景</translation>
    </message>
    <message>
        <source>New scene</source>
        <translation>新建场景</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Prompts on its bar</source>
        <translation>栏上的提示</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>As it is set</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>更快</translation>
    </message>
    <message>
        <source>More precise</source>
        <translation>更准</translation>
    </message>
    <message>
        <source>Looks in</source>
        <translation>查找范围</translation>
    </message>
    <message>
        <source>All notes</source>
        <translation>全部笔记</translation>
    </message>
    <message>
        <source>The folder of the open note</source>
        <translation>当前笔记所在的文件夹</translation>
    </message>
    <message>
        <source>The open note</source>
        <translation>当前笔记</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不查找</translation>
    </message>
    <message>
        <source>Ghost text</source>
        <translation>灰字建议</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Calm</source>
        <translation>少一些</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Eager</source>
        <translation>多一些</translation>
    </message>
    <message>
        <source>The scene needs a name.</source>
        <translation>请给场景起个名字。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>SceneEditing</name>
    <message>
        <source>New scene …</source>
        <translation>新建场景…</translation>
    </message>
    <message>
        <source>Change this scene …</source>
        <translation>修改这个场景…</translation>
    </message>
</context>
<context>
    <name>ScoreTable</name>
    <message>
        <source>Which model served which work</source>
        <translation>哪个模型适合哪种工作</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Liked</source>
        <translation>赞</translation>
    </message>
    <message>
        <source>Disliked</source>
        <translation>踩</translation>
    </message>
    <message>
        <source>Inserted</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>改后采用</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>弃用</translation>
    </message>
</context>
<context>
    <name>SendingDialog</name>
    <message>
        <source>What will be sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message>
        <source>The messages, word for word</source>
        <translation>逐字的消息内容</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>To {model} at {place}: about {tokens} tokens, and an answer of at most {answer}.</source>
        <translation>发给 {place} 的 {model}：约 {tokens} 词元，回答最多 {answer} 词元。</translation>
    </message>
    <message>
        <source>[picture: {name}]</source>
        <translation>[图片：{name}]</translation>
    </message>
    <message>
        <source>{what}: {tokens} tokens</source>
        <translation>{what}：{tokens} 词元</translation>
    </message>
    <message>
        <source>Instructions and request</source>
        <translation>指令和请求</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选中的文字</translation>
    </message>
    <message>
        <source>This block</source>
        <translation>这一段</translation>
    </message>
    <message>
        <source>Around it in the note</source>
        <translation>笔记中的前后文</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Pinned note</source>
        <translation>钉住的笔记</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Earlier in this conversation</source>
        <translation>之前的对话</translation>
    </message>
</context>
<context>
    <name>SentDialog</name>
    <message>
        <source>What was sent</source>
        <translation>发出了什么</translation>
    </message>
    <message>
        <source>Nothing is kept of this request: no model was asked, or it is too long ago.</source>
        <translation>这次请求没有留存：没有用到模型，或者已过去太久。</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Conversations</source>
        <translation>对话记录</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>New name; Enter keeps it</source>
        <translation>新名称，按 Enter 确认</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Make it a note</source>
        <translation>存为笔记</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>No conversation has these words.</source>
        <translation>没有对话包含这些词。</translation>
    </message>
    <message>
        <source>No conversations yet. What you ask is kept here, on this machine.</source>
        <translation>还没有对话。你问过的内容会保存在这里，只在本机。</translation>
    </message>
    <message>
        <source>all notes</source>
        <translation>全部笔记</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Delete once more, and “{title}” is gone for good.</source>
        <translation>再按一次删除，“{title}”就彻底删掉了。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The settings are saved. This system has no keyring, so the key is kept only until Pilotfish is closed. To keep it for good, install one, such as GNOME Keyring or KWallet.</source>
        <translation>设置已保存。系统没有可用的密钥环，密钥只保留到领航鱼关闭为止。想长期保存，请安装 GNOME Keyring 或 KWallet 之类的密钥环。</translation>
    </message>
    <message>
        <source>The settings could not be saved: {reason}</source>
        <translation>设置没能保存：{reason}</translation>
    </message>
    <message>
        <source>Vaults</source>
        <translation>笔记库</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Ghost text</source>
        <translation>灰字建议</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Side panel</source>
        <translation>侧栏</translation>
    </message>
    <message>
        <source>Anything else? Enter runs it</source>
        <translation>还有别的要求吗？按 Enter 开始</translation>
    </message>
    <message>
        <source>Ask your notes; / for prompts, @ for a note</source>
        <translation>向笔记提问；/ 选提示，@ 选笔记</translation>
    </message>
    <message>
        <source>Say what to write or change; / for prompts</source>
        <translation>说说要写什么、改什么；/ 选提示</translation>
    </message>
    <message>
        <source>Put the caret into a paragraph of a note, or select some, to check it.</source>
        <translation>把光标放到笔记的某一段里，或者选中一段，再来核对。</translation>
    </message>
</context>
<context>
    <name>SpellingMenu</name>
    <message>
        <source>No suggestions</source>
        <translation>没有建议</translation>
    </message>
    <message>
        <source>Add “{word}” to the dictionary</source>
        <translation>把“{word}”加入词典</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Cost today</source>
        <translation>今日费用</translation>
    </message>
    <message>
        <source>No vault open</source>
        <translation>没有打开笔记库</translation>
    </message>
    <message>
        <source>Reading your notes …</source>
        <translation>正在读取笔记…</translation>
    </message>
    <message>
        <source>Local model</source>
        <translation>本地模型</translation>
    </message>
    <message>
        <source>Demonstration model</source>
        <translation>演示模型</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Set up a model</source>
        <translation>设置模型</translation>
    </message>
    <message>
        <source>Today: {cost} USD</source>
        <translation>今天：{cost} 美元</translation>
    </message>
    <message>
        <source>Reading notes: {done} of {total}</source>
        <translation>正在读取笔记：{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>Up to date: %n notes</source>
        <translation>
            <numerusform>索引已更新：%n 条笔记</numerusform>
        </translation>
    </message>
    <message>
        <source>Search works by words only</source>
        <translation>目前只能按词语搜索</translation>
    </message>
    <message>
        <source>Words are searchable; preparing search by meaning</source>
        <translation>已可按字词搜索，正在准备按含义搜索</translation>
    </message>
    <message>
        <source>Indexing is paused</source>
        <translation>索引已暂停</translation>
    </message>
    <message>
        <source>Words are searchable; meaning waits for the plug</source>
        <translation>已可按字词搜索；按含义要等接上电源</translation>
    </message>
    <message>
        <source>Words are searchable; meaning: {done} of {total} passages</source>
        <translation>已可按字词搜索；按含义：{done} / {total} 段</translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message>
        <source>Suggestions</source>
        <translation>候选项</translation>
    </message>
</context>
<context>
    <name>SummaryCard</name>
    <message>
        <source>Summary of what was said before</source>
        <translation>之前对话的摘要</translation>
    </message>
    <message>
        <source>This is sent along in place of the messages above.</source>
        <translation>发送时用它代替上面的消息。</translation>
    </message>
</context>
<context>
    <name>TierChoice</name>
    <message>
        <source>{tier}: provider</source>
        <translation>{tier}：服务商</translation>
    </message>
    <message>
        <source>{tier}: model</source>
        <translation>{tier}：模型</translation>
    </message>
    <message>
        <source>Demonstration model</source>
        <translation>演示模型</translation>
    </message>
</context>
<context>
    <name>TierSwitch</name>
    <message>
        <source>Faster</source>
        <translation>更快</translation>
    </message>
    <message>
        <source>More precise</source>
        <translation>更准</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{model}
Ctrl+Shift+M switches</source>
        <translation>{model}
按 Ctrl+Shift+M 切换</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Ask your notes</source>
        <translation>问问你的笔记</translation>
    </message>
    <message>
        <source>Panel beside another program</source>
        <translation>在其他程序旁打开侧栏</translation>
    </message>
    <message>
        <source>Open Pilotfish</source>
        <translation>打开领航鱼</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Indexing is paused</source>
        <translation>索引已暂停</translation>
    </message>
    <message>
        <source>Search works by words only</source>
        <translation>目前只能按词语搜索</translation>
    </message>
    <message>
        <source>Reading your notes</source>
        <translation>正在读取笔记</translation>
    </message>
    <message numerus="yes">
        <source>Up to date: %n notes</source>
        <translation>
            <numerusform>索引已更新：%n 条笔记</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VaultDesk</name>
    <message>
        <source>Open a folder of notes</source>
        <translation>打开笔记文件夹</translation>
    </message>
</context>
<context>
    <name>VaultPane</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search notes</source>
        <translation>搜索笔记</translation>
    </message>
    <message>
        <source>Words, tag:name, path:folder (Ctrl+P)</source>
        <translation>字词、tag:标签、path:文件夹（Ctrl+P）</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>相关</translation>
    </message>
    <message>
        <source>Related notes</source>
        <translation>相关笔记</translation>
    </message>
</context>
<context>
    <name>VaultTree</name>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新建笔记</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到废纸篓</translation>
    </message>
</context>
<context>
    <name>VaultsPage</name>
    <message>
        <source>Found on this machine</source>
        <translation>在本机找到的</translation>
    </message>
    <message>
        <source>Your vaults</source>
        <translation>你的笔记库</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Forgetting a vault here leaves its notes and index alone.</source>
        <translation>在这里移除笔记库，不会动它的笔记和索引。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>还没有。</translation>
    </message>
</context>
<context>
    <name>WatchMenu</name>
    <message>
        <source>Folders of documents</source>
        <translation>文档文件夹</translation>
    </message>
    <message>
        <source>Watch a folder …</source>
        <translation>监视文件夹…</translation>
    </message>
    <message>
        <source>Watch a folder of documents</source>
        <translation>监视一个文档文件夹</translation>
    </message>
    <message>
        <source>Take the check mark away to stop watching; its documents stay</source>
        <translation>取消勾选即停止监视；已导入的文档会保留</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Open a folder …</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open a folder of notes, and ask and write here.</source>
        <translation>打开一个笔记文件夹，就能在这里提问和写作。</translation>
    </message>
    <message>
        <source>Ask your notes. Every answer names the passages it rests on.</source>
        <translation>向笔记提问，每个回答都会标明出自哪里。</translation>
    </message>
    <message>
        <source>Have text written or changed. Select some to work on it, or say what should follow.</source>
        <translation>让它代笔或修改：选中一段来改，或者说说接下来写什么。</translation>
    </message>
    <message>
        <source>What did I decide lately, and why?</source>
        <translation>我最近做了哪些决定，为什么？</translation>
    </message>
    <message>
        <source>What do my notes say about the topic of this note?</source>
        <translation>关于这篇笔记的主题，我还写过什么？</translation>
    </message>
    <message>
        <source>Which questions are still open?</source>
        <translation>还有哪些问题没有结论？</translation>
    </message>
    <message>
        <source>Make this shorter and keep every fact</source>
        <translation>改短一些，事实一条不漏</translation>
    </message>
    <message>
        <source>Continue from here in the same tone</source>
        <translation>用同样的语气接着写</translation>
    </message>
    <message>
        <source>Turn this into a list of next steps</source>
        <translation>整理成下一步的清单</translation>
    </message>
</context>
<context>
    <name>WordCount</name>
    <message numerus="yes">
        <source>{count} words selected</source>
        <translation>
            <numerusform>已选 {count} 字</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} words</source>
        <translation>
            <numerusform>{count} 字</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_DocumentList</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
</context>
<context>
    <name>citation_marks</name>
    <message>
        <source>Checked: these words stand there.</source>
        <translation>已核对：原文里有这些话。</translation>
    </message>
    <message>
        <source>Not checked: the program did not find these words there.</source>
        <translation>未核实：原文里没有找到这些话。</translation>
    </message>
</context>
<context>
    <name>document_place</name>
    <message>
        <source>p. {n}</source>
        <translation>第 {n} 页</translation>
    </message>
    <message>
        <source>slide {n}</source>
        <translation>第 {n} 张幻灯片</translation>
    </message>
    <message>
        <source>cell {n}</source>
        <translation>第 {n} 个单元格</translation>
    </message>
    <message>
        <source>line {n}</source>
        <translation>第 {n} 行</translation>
    </message>
    <message>
        <source>mail {n}</source>
        <translation>第 {n} 封邮件</translation>
    </message>
    <message>
        <source>row {n}</source>
        <translation>第 {n} 行</translation>
    </message>
    <message>
        <source>rows {n}</source>
        <translation>第 {n} 行</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>{n} pages</source>
        <translation>{n} 页</translation>
    </message>
    <message>
        <source>{document}, {place}</source>
        <translation>{document}，{place}</translation>
    </message>
</context>
<context>
    <name>document_words</name>
    <message>
        <source>There is no text in it.</source>
        <translation>里面没有文字。</translation>
    </message>
    <message>
        <source>It is very long; only the first part was read.</source>
        <translation>内容很长，只读取了前面的部分。</translation>
    </message>
    <message>
        <source>Some of its bytes are no valid text and were replaced.</source>
        <translation>有些字节不是有效文字，已被替换。</translation>
    </message>
    <message>
        <source>Its words were recognised in pictures and may hold mistakes.</source>
        <translation>文字是从图片中识别的，可能有错。</translation>
    </message>
    <message>
        <source>Pages that are pictures were left out: no text recognition is installed.</source>
        <translation>图片页已略去：本机没有安装文字识别。</translation>
    </message>
    <message>
        <source>Recognising all of its pictures takes too long; the later ones were left out.</source>
        <translation>识别全部图片耗时过长，后面的图片已略去。</translation>
    </message>
    <message>
        <source>Some of its pictures are broken.</source>
        <translation>有些图片已损坏。</translation>
    </message>
    <message>
        <source>Its words were transcribed from speech and may hold mistakes.</source>
        <translation>文字由语音转写，可能有错。</translation>
    </message>
    <message>
        <source>No speech was heard in it.</source>
        <translation>里面没有听到说话声。</translation>
    </message>
    <message>
        <source>It holds macros, which were not looked at.</source>
        <translation>含有宏，未做处理。</translation>
    </message>
    <message>
        <source>Some attachments could not be read; import them on their own.</source>
        <translation>有些附件无法读取，可以单独导入。</translation>
    </message>
    <message>
        <source>Its name says another kind of file than it is; it was read as what it is.</source>
        <translation>文件名所示类型与实际不符，已按实际类型读取。</translation>
    </message>
    <message>
        <source>It is damaged; what could be read was read.</source>
        <translation>文件已损坏，能读的部分已读取。</translation>
    </message>
    <message>
        <source>Some of its lines are no JSON; they are kept as they stand and marked.</source>
        <translation>有些行不是 JSON；这些行原样保留并加了标记。</translation>
    </message>
</context>
<context>
    <name>documents_question</name>
    <message>
        <source>Remove document</source>
        <translation>移除文档</translation>
    </message>
    <message>
        <source>Remove “{name}” from your documents?</source>
        <translation>把“{name}”从文档中移除？</translation>
    </message>
    <message>
        <source>It is no longer searched and cited. The file itself stays where it is.</source>
        <translation>以后不再搜索和引用它。文件本身仍在原处。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>error_text</name>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} seconds</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Something went wrong inside Pilotfish.</source>
        <translation>领航鱼内部出了问题。</translation>
    </message>
    <message>
        <source>Your notes are untouched. The log says more.</source>
        <translation>你的笔记没有受影响，详情见日志。</translation>
    </message>
    <message>
        <source>There is no folder {path}.</source>
        <translation>没有 {path} 这个文件夹。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择别的文件夹。</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder.</source>
        <translation>{path} 是文件，不是文件夹。</translation>
    </message>
    <message>
        <source>The folder {path} may not be read.</source>
        <translation>没有权限读取文件夹 {path}。</translation>
    </message>
    <message>
        <source>Check its permissions, or choose another folder.</source>
        <translation>请检查权限，或选择别的文件夹。</translation>
    </message>
    <message>
        <source>“{path}” is no longer there.</source>
        <translation>“{path}”已经不在了。</translation>
    </message>
    <message>
        <source>It was deleted or moved elsewhere.</source>
        <translation>它被删除或移走了。</translation>
    </message>
    <message>
        <source>The file “{path}” is not in the vault.</source>
        <translation>笔记库里没有文件“{path}”。</translation>
    </message>
    <message>
        <source>The file is not in the vault.</source>
        <translation>笔记库里没有这个文件。</translation>
    </message>
    <message>
        <source>Put it there, or correct the link.</source>
        <translation>请把文件放进笔记库，或改正链接。</translation>
    </message>
    <message>
        <source>“{path}” is not a text file.</source>
        <translation>“{path}”不是文本文件。</translation>
    </message>
    <message>
        <source>It is left as it is. Open it in the program that made it.</source>
        <translation>文件保持原样，请用创建它的程序打开。</translation>
    </message>
    <message>
        <source>“{path}” is too large to be opened here.</source>
        <translation>“{path}”太大，无法在这里打开。</translation>
    </message>
    <message>
        <source>It is left as it is. Splitting it would help.</source>
        <translation>文件保持原样，拆成几篇就能打开。</translation>
    </message>
    <message>
        <source>“{path}” is left out by your rules: nothing of it is sent.</source>
        <translation>“{path}”被你的规则排除在外：它的内容不会发送。</translation>
    </message>
    <message>
        <source>Rules are kept under Settings &gt; Index, and in .pilotfishignore.</source>
        <translation>规则在“设置 &gt; 索引”和 .pilotfishignore 中。</translation>
    </message>
    <message>
        <source>“{path}” may not be read.</source>
        <translation>没有权限读取“{path}”。</translation>
    </message>
    <message>
        <source>Check the file&apos;s permissions.</source>
        <translation>请检查文件的权限。</translation>
    </message>
    <message>
        <source>“{path}” was changed by another program.</source>
        <translation>“{path}”被其他程序改过了。</translation>
    </message>
    <message>
        <source>Nothing was written. Compare the two versions and save again.</source>
        <translation>没有写入任何内容。请对比两个版本后再保存。</translation>
    </message>
    <message>
        <source>“{path}” could not be saved.</source>
        <translation>“{path}”没能保存。</translation>
    </message>
    <message>
        <source>The note could not be saved.</source>
        <translation>笔记没能保存。</translation>
    </message>
    <message>
        <source>The old file is whole, and your text is still in the editor.</source>
        <translation>原文件完好，你的文字还在编辑器里。</translation>
    </message>
    <message>
        <source>The index could not be read.</source>
        <translation>索引无法读取。</translation>
    </message>
    <message>
        <source>It is being rebuilt from your notes, which are untouched.</source>
        <translation>正在根据笔记重建，笔记没有受影响。</translation>
    </message>
    <message>
        <source>Your notes are being read for the first time; so far nothing speaks to this.</source>
        <translation>笔记还在第一次读取，目前读到的部分里没有相关内容。</translation>
    </message>
    <message>
        <source>Ask again in a moment.</source>
        <translation>请稍后再问。</translation>
    </message>
    <message>
        <source>The index cannot be kept on this disk.</source>
        <translation>索引无法存到这个磁盘上。</translation>
    </message>
    <message>
        <source>Your notes are untouched. Free some space, or check its permissions.</source>
        <translation>笔记没有受影响。请腾出一些空间，或检查权限。</translation>
    </message>
    <message>
        <source>Search by meaning is not available; search by words works.</source>
        <translation>暂时不能按含义搜索，按字词搜索正常。</translation>
    </message>
    <message>
        <source>Run “pilotfish doctor” to see why.</source>
        <translation>运行“pilotfish doctor”可查看原因。</translation>
    </message>
    <message>
        <source>Nothing answers at {host}.</source>
        <translation>{host} 没有响应。</translation>
    </message>
    <message>
        <source>The model does not answer.</source>
        <translation>模型没有响应。</translation>
    </message>
    <message>
        <source>Check whether this computer reaches {remote}, or choose a model on this machine.</source>
        <translation>请检查这台电脑能否连上 {remote}，或改用本机的模型。</translation>
    </message>
    <message>
        <source>Start the model server, or choose another model in the settings.</source>
        <translation>请启动模型服务，或在设置里换一个模型。</translation>
    </message>
    <message>
        <source>{host} stopped answering.</source>
        <translation>{host} 中途没有了响应。</translation>
    </message>
    <message>
        <source>The model stopped answering.</source>
        <translation>模型中途没有了响应。</translation>
    </message>
    <message>
        <source>Try again, or choose another model.</source>
        <translation>请重试，或换一个模型。</translation>
    </message>
    <message>
        <source>{host} refused the key.</source>
        <translation>{host} 不接受这个密钥。</translation>
    </message>
    <message>
        <source>The provider refused the key.</source>
        <translation>服务商不接受这个密钥。</translation>
    </message>
    <message>
        <source>Check the key in the settings.</source>
        <translation>请在设置里检查密钥。</translation>
    </message>
    <message>
        <source>{host} does not allow this: {reason}</source>
        <translation>{host} 不允许这样做：{reason}</translation>
    </message>
    <message>
        <source>{host} does not allow this with your key.</source>
        <translation>{host} 不允许用你的密钥这样做。</translation>
    </message>
    <message>
        <source>The provider does not allow this with your key.</source>
        <translation>服务商不允许用你的密钥这样做。</translation>
    </message>
    <message>
        <source>Check your account there, or choose another provider.</source>
        <translation>请查看你在那里的账户，或换一个服务商。</translation>
    </message>
    <message>
        <source>{host} does not know the model “{model}”.</source>
        <translation>{host} 没有“{model}”这个模型。</translation>
    </message>
    <message>
        <source>The provider does not know this model.</source>
        <translation>服务商没有这个模型。</translation>
    </message>
    <message>
        <source>Choose another model in the settings.</source>
        <translation>请在设置里换一个模型。</translation>
    </message>
    <message>
        <source>{host} asks to wait: too many requests, or the quota is used up.</source>
        <translation>{host} 要求稍等：请求太多，或额度已用完。</translation>
    </message>
    <message>
        <source>Too many requests, or the quota is used up.</source>
        <translation>请求太多，或额度已用完。</translation>
    </message>
    <message>
        <source>Try again in {wait}, or choose another model.</source>
        <translation>请过 {wait}再试，或换一个模型。</translation>
    </message>
    <message>
        <source>Wait a moment and try again, or choose another model.</source>
        <translation>请稍后再试，或换一个模型。</translation>
    </message>
    <message>
        <source>Your account at {host} has no credit left.</source>
        <translation>你在 {host} 的账户余额已用完。</translation>
    </message>
    <message>
        <source>Your account at the provider has no credit left.</source>
        <translation>你在服务商的账户余额已用完。</translation>
    </message>
    <message>
        <source>Add credit there, or choose another model in the settings.</source>
        <translation>请去那里充值，或在设置里换一个模型。</translation>
    </message>
    <message>
        <source>{host} refused the request: {reason}</source>
        <translation>{host} 拒绝了请求：{reason}</translation>
    </message>
    <message>
        <source>{host} refused the request.</source>
        <translation>{host} 拒绝了请求。</translation>
    </message>
    <message>
        <source>The provider refused the request.</source>
        <translation>服务商拒绝了请求。</translation>
    </message>
    <message>
        <source>Change the request, or choose another model.</source>
        <translation>请换个要求，或换一个模型。</translation>
    </message>
    <message>
        <source>This is more than the model “{model}” can take in.</source>
        <translation>内容太长，模型“{model}”一次读不下。</translation>
    </message>
    <message>
        <source>This is more than the model can take in.</source>
        <translation>内容太长，模型一次读不下。</translation>
    </message>
    <message>
        <source>Take some of what goes along out, or choose a model that takes in more.</source>
        <translation>请去掉一些随附的内容，或换一个能读更长内容的模型。</translation>
    </message>
    <message>
        <source>The content filter of {host} stopped this.</source>
        <translation>{host} 的内容审核拦下了这次请求。</translation>
    </message>
    <message>
        <source>The provider&apos;s content filter stopped this.</source>
        <translation>服务商的内容审核拦下了这次请求。</translation>
    </message>
    <message>
        <source>Put the request differently, or choose another model.</source>
        <translation>请换个说法，或换一个模型。</translation>
    </message>
    <message>
        <source>The model “{model}” ended without a word.</source>
        <translation>模型“{model}”什么也没说就结束了。</translation>
    </message>
    <message>
        <source>The model ended without a word.</source>
        <translation>模型什么也没说就结束了。</translation>
    </message>
    <message>
        <source>{host} had a fault of its own: {reason}</source>
        <translation>{host} 自身出了故障：{reason}</translation>
    </message>
    <message>
        <source>{host} had a fault of its own.</source>
        <translation>{host} 自身出了故障。</translation>
    </message>
    <message>
        <source>The provider had a fault of its own.</source>
        <translation>服务商自身出了故障。</translation>
    </message>
    <message>
        <source>What {host} sent is not a model&apos;s answer.</source>
        <translation>{host} 返回的不是模型的回答。</translation>
    </message>
    <message>
        <source>What came back is not a model&apos;s answer.</source>
        <translation>返回的不是模型的回答。</translation>
    </message>
    <message>
        <source>Check the address: a login page or another service may be answering there.</source>
        <translation>请检查地址：那里可能是登录页面或别的服务。</translation>
    </message>
    <message>
        <source>No model is set up.</source>
        <translation>还没有设置模型。</translation>
    </message>
    <message>
        <source>Questions are answered with quotes from your notes. To have text written, connect a model.</source>
        <translation>提问可以用笔记原文来回答；要代写文字，请先连接模型。</translation>
    </message>
    <message>
        <source>Pilotfish is set to stay offline: nothing was sent to {host}.</source>
        <translation>领航鱼处于离线状态，没有向 {host} 发送任何内容。</translation>
    </message>
    <message>
        <source>Pilotfish is set to stay offline: nothing was sent.</source>
        <translation>领航鱼处于离线状态，没有发送任何内容。</translation>
    </message>
    <message>
        <source>Choose a model on this machine, or unset PILOTFISH_OFFLINE.</source>
        <translation>请选用本机的模型，或取消 PILOTFISH_OFFLINE。</translation>
    </message>
    <message>
        <source>Nothing was sent to {host}: its address is not encrypted.</source>
        <translation>没有向 {host} 发送任何内容：这个地址没有加密。</translation>
    </message>
    <message>
        <source>Nothing was sent: the address is not encrypted.</source>
        <translation>没有发送任何内容：这个地址没有加密。</translation>
    </message>
    <message>
        <source>Use an address that starts with https://.</source>
        <translation>请使用以 https:// 开头的地址。</translation>
    </message>
    <message>
        <source>This month&apos;s limit of {cap} USD is reached, so nothing was sent.</source>
        <translation>本月 {cap} 美元的上限已用完，没有发送任何内容。</translation>
    </message>
    <message>
        <source>This month&apos;s spending limit is reached, so nothing was sent.</source>
        <translation>本月的花费上限已用完，没有发送任何内容。</translation>
    </message>
    <message>
        <source>Raise the limit under “Cost”, or use a model on this machine.</source>
        <translation>请在设置的“费用”里提高上限，或使用本机的模型。</translation>
    </message>
    <message>
        <source>The prompt or scene could not be saved.</source>
        <translation>提示词或场景没有保存成功。</translation>
    </message>
    <message>
        <source>Is the disk full, or may the vault not be written?</source>
        <translation>磁盘是不是满了，或者笔记库不允许写入？</translation>
    </message>
    <message>
        <source>There is no prompt “{id}” any more.</source>
        <translation>提示“{id}”已经不在了。</translation>
    </message>
    <message>
        <source>This prompt is no longer there.</source>
        <translation>这个提示词已经不在了。</translation>
    </message>
    <message>
        <source>Choose another one from the list.</source>
        <translation>请从列表里另选一个。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {reason}</source>
        <translation>{file} 第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>The prompt cannot be read.</source>
        <translation>这个提示无法读取。</translation>
    </message>
    <message>
        <source>Mend that line and save; the file is read again at once.</source>
        <translation>改好那一行并保存，会立即重新读取。</translation>
    </message>
    <message>
        <source>The conversations cannot be read or written at the moment.</source>
        <translation>现在无法读写对话记录。</translation>
    </message>
    <message>
        <source>Your notes are untouched. Is the disk full or read-only?</source>
        <translation>笔记没有改动。磁盘是不是满了，或者是只读的？</translation>
    </message>
    <message>
        <source>This conversation is no longer there.</source>
        <translation>这段对话已经不在了。</translation>
    </message>
    <message>
        <source>The settings could not be read.</source>
        <translation>设置无法读取。</translation>
    </message>
    <message>
        <source>The file is kept as {kept}; the defaults are used.</source>
        <translation>原文件保留为 {kept}，现在使用默认设置。</translation>
    </message>
    <message>
        <source>The defaults are used.</source>
        <translation>现在使用默认设置。</translation>
    </message>
    <message>
        <source>The part of Pilotfish that reads your notes has stopped.</source>
        <translation>负责读取笔记的后台程序停止了。</translation>
    </message>
    <message>
        <source>It is being started again. Your notes are untouched.</source>
        <translation>正在重新启动，笔记没有受影响。</translation>
    </message>
    <message>
        <source>The model used up the length of its answer before it said a word.</source>
        <translation>模型光是思考就用完了回答的长度，还没来得及作答。</translation>
    </message>
    <message>
        <source>Try again: it is given more room. Or choose another model.</source>
        <translation>请重试，这次会留出更多余地；也可以换一个模型。</translation>
    </message>
    <message>
        <source>“{path}” could not be saved: the disk is full.</source>
        <translation>“{path}”没能保存：磁盘已满。</translation>
    </message>
    <message>
        <source>The old file is whole, your text is still in the editor. Free some space and save again.</source>
        <translation>原文件完好，你的文字还在编辑器里。请腾出一些空间再保存。</translation>
    </message>
    <message>
        <source>“{path}” could not be saved: the disk is read-only.</source>
        <translation>“{path}”没能保存：磁盘是只读的。</translation>
    </message>
    <message>
        <source>“{path}” could not be saved: it may not be written.</source>
        <translation>“{path}”没能保存：没有写入权限。</translation>
    </message>
    <message>
        <source>Your text is still in the editor. Check the permissions of the file, then save again.</source>
        <translation>你的文字还在编辑器里。请检查文件权限后再保存。</translation>
    </message>
    <message>
        <source>There is already a file called “{path}”.</source>
        <translation>已经有名为“{path}”的文件了。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名字。</translation>
    </message>
    <message>
        <source>“{path}” is not a name that this disk allows.</source>
        <translation>这个磁盘不允许“{path}”这样的名字。</translation>
    </message>
    <message>
        <source>“{path}” can be read but not changed here.</source>
        <translation>“{path}”在这里只能看，不能改。</translation>
    </message>
    <message>
        <source>Saving would change more of the file than your words, so it is left as it is.</source>
        <translation>保存会改动你没有动过的部分，所以文件保持原样。</translation>
    </message>
    <message>
        <source>“{path}” could not be saved: its encoding {encoding} has no “{character}”.</source>
        <translation>“{path}”没能保存：它的编码 {encoding} 里没有“{character}”这个字。</translation>
    </message>
    <message>
        <source>Save it as UTF-8, or take the character in line {line} out.</source>
        <translation>请另存为 UTF-8，或去掉第 {line} 行的这个字。</translation>
    </message>
    <message>
        <source>No backup of “{path}” could be made, so nothing was changed.</source>
        <translation>没能备份“{path}”，所以没有做任何改动。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间再试。</translation>
    </message>
    <message>
        <source>Fetch it again from where it came, and import it anew.</source>
        <translation>请从来源处重新获取，再导入一次。</translation>
    </message>
    <message>
        <source>Split it, or export the part you need, and import that.</source>
        <translation>请拆分文件，或只导出需要的部分，再导入。</translation>
    </message>
    <message>
        <source>Save it as PDF, DOCX, HTML or plain text, and import that.</source>
        <translation>请另存为 PDF、DOCX、HTML 或纯文本后再导入。</translation>
    </message>
    <message>
        <source>Save a copy without the password in the program that made it, and import the copy.</source>
        <translation>请在原来的程序里另存一份不带密码的副本，再导入副本。</translation>
    </message>
    <message>
        <source>The document could not be imported.</source>
        <translation>无法导入这个文档。</translation>
    </message>
    <message>
        <source>The file is untouched.</source>
        <translation>文件本身没有改动。</translation>
    </message>
    <message>
        <source>The file is not there, or may not be read.</source>
        <translation>文件不存在，或没有读取权限。</translation>
    </message>
    <message>
        <source>Check its name and permissions, then import it again.</source>
        <translation>请检查文件名和权限，然后重新导入。</translation>
    </message>
    <message>
        <source>This kind of file cannot be read, so nothing was imported.</source>
        <translation>无法读取这种文件，所以没有导入。</translation>
    </message>
    <message>
        <source>It is protected by a password, so nothing of it was read.</source>
        <translation>文件有密码保护，内容未被读取。</translation>
    </message>
    <message>
        <source>It is damaged or incomplete, so nothing of it was read.</source>
        <translation>文件已损坏或不完整，内容未被读取。</translation>
    </message>
    <message>
        <source>It is built like an attack on the program that opens it, so it was not opened.</source>
        <translation>这个文件的构造像是在攻击打开它的程序，所以没有打开。</translation>
    </message>
    <message>
        <source>Delete it if you do not know where it came from.</source>
        <translation>如果不清楚它的来历，请删除它。</translation>
    </message>
    <message>
        <source>It is too large to be read safely.</source>
        <translation>文件太大，无法安全读取。</translation>
    </message>
    <message>
        <source>It took too long to read and was given up.</source>
        <translation>读取时间过长，已放弃。</translation>
    </message>
    <message>
        <source>There are no words in it that could be searched.</source>
        <translation>里面没有可供搜索的文字。</translation>
    </message>
    <message>
        <source>Import a version that has text.</source>
        <translation>请导入带文字的版本。</translation>
    </message>
    <message>
        <source>There is no imported document “{name}” any more.</source>
        <translation>导入的文档“{name}”已不存在。</translation>
    </message>
    <message>
        <source>There is no such imported document any more.</source>
        <translation>这个导入的文档已不存在。</translation>
    </message>
    <message>
        <source>Import the file again.</source>
        <translation>请重新导入该文件。</translation>
    </message>
    <message>
        <source>Its text could not be stored on this disk.</source>
        <translation>它的文字无法保存到这个磁盘。</translation>
    </message>
    <message>
        <source>Check the disk, then import it again.</source>
        <translation>请检查磁盘，然后重新导入。</translation>
    </message>
    <message>
        <source>It is a packed archive, so nothing was imported.</source>
        <translation>这是一个压缩包，所以没有导入。</translation>
    </message>
    <message>
        <source>Unpack it, and import the files inside.</source>
        <translation>请解压后导入里面的文件。</translation>
    </message>
    <message>
        <source>It is in an old Office format that cannot be read.</source>
        <translation>这是旧版 Office 格式，无法读取。</translation>
    </message>
    <message>
        <source>Save it in the present format (.xlsx, .pptx), and import that.</source>
        <translation>请另存为新格式（.xlsx、.pptx）后再导入。</translation>
    </message>
    <message>
        <source>The file is empty: there is nothing to read.</source>
        <translation>文件是空的，没有内容可读。</translation>
    </message>
    <message>
        <source>It does not hold what its name says, so nothing of it was read.</source>
        <translation>内容与文件名所示的类型不符，未被读取。</translation>
    </message>
    <message>
        <source>It is protected against copying, so nothing of it was read.</source>
        <translation>文件有版权保护（DRM），内容未被读取。</translation>
    </message>
    <message>
        <source>Import a copy without that protection.</source>
        <translation>请导入没有这种保护的副本。</translation>
    </message>
    <message>
        <source>It is a picture, and no text recognition is installed.</source>
        <translation>这是图片，而本机没有安装文字识别。</translation>
    </message>
    <message>
        <source>Install it with “pip install rapidocr”, then import it again.</source>
        <translation>用 “pip install rapidocr” 安装后重新导入。</translation>
    </message>
    <message>
        <source>It is a picture, and no words were found in it.</source>
        <translation>这是图片，里面没有找到文字。</translation>
    </message>
    <message>
        <source>A sharper or larger picture may help.</source>
        <translation>换一张更清晰或更大的图片也许可以。</translation>
    </message>
    <message>
        <source>It is a recording, and no speech recognition is set up.</source>
        <translation>这是录音，而本机没有设置语音识别。</translation>
    </message>
    <message>
        <source>Choose a model for recordings in the settings, or import a transcript as text.</source>
        <translation>请在设置里为录音选一个模型，或导入文字稿。</translation>
    </message>
    <message>
        <source>The disk is full, so its text was not stored.</source>
        <translation>磁盘已满，它的文字没有保存。</translation>
    </message>
    <message>
        <source>Free some space, then import it again.</source>
        <translation>请腾出一些空间，然后重新导入。</translation>
    </message>
    <message>
        <source>Leave it out, or take another one.</source>
        <translation>请不要带上它，或换一张。</translation>
    </message>
    <message>
        <source>No model that sees pictures is set up.</source>
        <translation>还没有设置能看图片的模型。</translation>
    </message>
    <message>
        <source>Choose one in the settings, or leave the pictures out.</source>
        <translation>请在设置里选一个，或不带图片。</translation>
    </message>
    <message>
        <source>{host} refused the pictures: {reason}</source>
        <translation>{host} 没有接受图片：{reason}</translation>
    </message>
    <message>
        <source>{host} refused the pictures.</source>
        <translation>{host} 没有接受图片。</translation>
    </message>
    <message>
        <source>The provider refused the pictures.</source>
        <translation>服务商没有接受图片。</translation>
    </message>
    <message>
        <source>Its model “{model}” may not see any. Choose another for pictures in the settings.</source>
        <translation>模型“{model}”可能看不了图片。请在设置里为图片另选一个。</translation>
    </message>
    <message>
        <source>Its model may not see any. Choose another for pictures in the settings.</source>
        <translation>这个模型可能看不了图片。请在设置里为图片另选一个。</translation>
    </message>
    <message>
        <source>It was not sent to {host}: nobody has agreed to that.</source>
        <translation>没有发送到 {host}：还没有得到你的同意。</translation>
    </message>
    <message>
        <source>It was not sent: nobody has agreed to that.</source>
        <translation>没有发送：还没有得到你的同意。</translation>
    </message>
    <message>
        <source>Import it again and agree, or use a model on this machine.</source>
        <translation>请重新导入并同意，或使用本机上的模型。</translation>
    </message>
    <message>
        <source>“{name}” cannot go along.</source>
        <translation>“{name}”不能一起发送。</translation>
    </message>
    <message>
        <source>The picture cannot go along.</source>
        <translation>这张图片不能一起发送。</translation>
    </message>
    <message>
        <source>The recording is larger than the {most} MiB that providers take at most.</source>
        <translation>录音超过 {most} MiB，服务商不接受这么大的文件。</translation>
    </message>
    <message>
        <source>The recording is larger than providers take.</source>
        <translation>录音太大，服务商不接受。</translation>
    </message>
    <message>
        <source>Split it, or save it smaller, as MP3 or Opus.</source>
        <translation>请分成几段，或另存为更小的 MP3 或 Opus。</translation>
    </message>
    <message>
        <source>“{name}” is larger than {most} MiB, which models do not take.</source>
        <translation>“{name}”超过 {most} MiB，模型不接受这么大的图片。</translation>
    </message>
    <message>
        <source>Make it smaller, or take the part that matters.</source>
        <translation>请缩小图片，或只截取要紧的部分。</translation>
    </message>
    <message>
        <source>“{name}” is no picture that models see: PNG, JPEG, GIF or WebP.</source>
        <translation>“{name}”不是模型能看的图片（PNG、JPEG、GIF 或 WebP）。</translation>
    </message>
    <message>
        <source>Save it as one of these.</source>
        <translation>请另存为其中一种格式。</translation>
    </message>
    <message>
        <source>“{name}” is not there, or may not be read.</source>
        <translation>“{name}”不存在，或没有权限读取。</translation>
    </message>
    <message>
        <source>At most {most} pictures go along with a question.</source>
        <translation>一个问题最多带 {most} 张图片。</translation>
    </message>
    <message>
        <source>Take some out first.</source>
        <translation>请先去掉几张。</translation>
    </message>
</context>
<context>
    <name>links</name>
    <message>
        <source>Open a web address</source>
        <translation>打开网址</translation>
    </message>
    <message>
        <source>The answer links to this address. Whoever owns it sees all of it once it is opened.</source>
        <translation>回答里有这个网址。一旦打开，对方就能看到网址里的全部内容。</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
</context>
<context>
    <name>model_text</name>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>No model: quotes from your notes</source>
        <translation>没有模型：用笔记原文回答</translation>
    </message>
    <message>
        <source>Demonstration model</source>
        <translation>演示模型</translation>
    </message>
    <message>
        <source>{model}, on this machine</source>
        <translation>{model}，在本机</translation>
    </message>
    <message>
        <source>{model}, at {host}</source>
        <translation>{model}，在 {host}</translation>
    </message>
</context>
<context>
    <name>skip_words</name>
    <message>
        <source>An Org file; only Markdown is read</source>
        <translation>Org 文件；目前只读取 Markdown</translation>
    </message>
    <message>
        <source>A link that leads out of the vault or nowhere</source>
        <translation>链接指向笔记库之外，或目标不存在</translation>
    </message>
    <message>
        <source>A link to a note that is read in its own place</source>
        <translation>链接到库内的笔记，该笔记已在原处读取</translation>
    </message>
    <message>
        <source>Its name is not valid Unicode; rename it</source>
        <translation>文件名不是有效的 Unicode，请重命名</translation>
    </message>
    <message>
        <source>Too large; split it, or raise the limit in the settings</source>
        <translation>文件过大；请拆分，或在设置中调高上限</translation>
    </message>
    <message>
        <source>It may not be read; check its permissions</source>
        <translation>无法读取；请检查它的权限</translation>
    </message>
    <message>
        <source>A folder that may not be read; check its permissions</source>
        <translation>无法读取的文件夹；请检查它的权限</translation>
    </message>
    <message>
        <source>Not a text file, whatever its name says</source>
        <translation>不是文本文件，尽管名字像是</translation>
    </message>
    <message>
        <source>It carries a tag that you leave out</source>
        <translation>带有你排除的标签</translation>
    </message>
    <message>
        <source>Something in it trips up Pilotfish; the log says more</source>
        <translation>其中有 Pilotfish 处理不了的内容；详情见日志</translation>
    </message>
    <message>
        <source>The folder is not there at the moment.</source>
        <translation>文件夹暂时不在。</translation>
    </message>
    <message>
        <source>This is a network folder; what others change shows up within 30 seconds.</source>
        <translation>这是网络文件夹；他人的改动会在 30 秒内出现。</translation>
    </message>
    <message>
        <source>The system watches only some of the folders, so changes may show up 30 seconds late. Raise fs.inotify.max_user_watches.</source>
        <translation>系统只监视了部分文件夹，改动可能晚 30 秒才出现。请调高 fs.inotify.max_user_watches。</translation>
    </message>
    <message>
        <source>The system cannot watch this folder; it is looked at every 30 seconds instead.</source>
        <translation>系统无法监视这个文件夹，改为每 30 秒查看一次。</translation>
    </message>
</context>
<context>
    <name>unsupported_marks</name>
    <message>
        <source>Not found in your notes. The model may know this from elsewhere, or be wrong.</source>
        <translation>你的笔记里没有找到依据。可能是模型从别处知道的，也可能说错了。</translation>
    </message>
</context>
</TS>
